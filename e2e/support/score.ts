/** What the demo asserts: each sentence with what was seen, as it is judged; the sum at the end. */
export type Score = {
  holds(sentence: string, holds: boolean, seen?: string): void;
  /** Does what assertions are made in; that it breaks off is wrong too, under this sentence. */
  during(sentence: string, work: () => Promise<void>): Promise<void>;
  wrong(): string[];
  /** Prints what is wrong and the sum; the process will end with 3 if anything is. */
  close(remark?: string): void;
};

/** Keeps the score; every assertion is printed at once. */
export const keepScore = (say: (line: string) => void): Score => {
  const wrong: string[] = [];
  let count = 0;
  const holds: Score['holds'] = (sentence, is, seen = '') => {
    count += 1;
    const line = `${sentence}${seen === '' ? '' : `: ${seen}`}`;
    if (!is) wrong.push(line);
    say(`  ${is ? 'ok   ' : 'WRONG'} ${line}`);
  };
  return {
    holds,
    during: (sentence, work) => work().catch((error: Error) => holds(sentence, false, error.message)),
    wrong: () => wrong,
    close: (remark = '') => {
      for (const line of wrong) say(`error: ${line}`);
      console.log(`${count} assertions, ${wrong.length} wrong.${remark}`);
      process.exitCode = wrong.length === 0 ? 0 : 3;
    },
  };
};
