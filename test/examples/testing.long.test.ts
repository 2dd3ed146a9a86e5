// A user's own test, as it stands in the example.
import "../../examples/testing/cleaner.test";
