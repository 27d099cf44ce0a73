/** How large the shop is, and what it runs on. */
export type ShopOptions = {
  /** Orders in the database before the writer starts. */
  rows: number;
  /** Small files in the catalogue; some special ones come on top. */
  files: number;
  /** Size of the one large file, in MiB. */
  bigFileMegabytes: number;
  /** Pause between two orders of the writer. */
  writerPauseMilliseconds: number;
  /** Image with PostgreSQL 15, lighttpd and attr; it is never pulled when the node has it. */
  image: string;
};

/** The shop of the demo. */
export const SHOP: ShopOptions = {
  rows: 200_000,
  files: 5_000,
  bigFileMegabytes: 200,
  writerPauseMilliseconds: 20,
  image: 'localhost/godwit/shop:0.1.0',
};

/** A shop for tests: the same kinds of rows and files, and few of them. */
export const SMALL_SHOP: ShopOptions = { ...SHOP, rows: 2_000, files: 60, bigFileMegabytes: 4 };
