import type { SuccessfulReply } from "../../provider/http/exchange";
import { listAll } from "../../provider/http/pages";
import type { Properties } from "../../provider/values/record";

const LIST = { path: "/acs/users/list", key: "acs_users", query: {}, action: "list the users" };

/** Everything of a list whose pages say this of themselves, one after the other. */
async function listed(...pages: readonly (Properties | undefined)[]): Promise<number> {
  const rest = [...pages];
  const call = async () =>
    ({ json: { acs_users: [{}], pagination: rest.shift() }, headers: {} }) as unknown as SuccessfulReply;
  return (await listAll({ call }, LIST)).length;
}

describe("a list of several pages", () => {
  it("is read to the page that says that it is the last one, or says nothing", async () => {
    expect(await listed(undefined)).toBe(1);
    expect(
      await listed(
        { has_next_page: true, next_page_cursor: "2" },
        { has_next_page: false, next_page_cursor: "3" },
      ),
    ).toBe(2);
    expect(await listed({ next_page_cursor: "2" }, { next_page_cursor: null })).toBe(2);
  });

  it("is not taken for whole where there are more pages and nobody can tell which", async () => {
    await expect(listed({ has_next_page: true, next_page_cursor: null })).rejects.toThrow(
      /Cannot list the users: POST \/acs\/users\/list says that there are more pages/,
    );
    const again = { has_next_page: true, next_page_cursor: "2" };
    await expect(listed(again, again)).rejects.toThrow(/gave the same page_cursor a second time/);
  });
});
