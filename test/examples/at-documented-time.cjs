// Preloaded into the Node processes that `pulumi` starts: their clock shows the time of the documents, whose
// dates have passed, and runs on from there.
const RealDate = Date;
const offsetMs = RealDate.parse(process.env.DOCUMENTED_TIME) - RealDate.now();

globalThis.Date = class ShiftedDate extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offsetMs);
    else super(...args);
  }
  static now() {
    return RealDate.now() + offsetMs;
  }
};
