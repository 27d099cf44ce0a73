/** What the demo asserts: each sentence with what was seen, as it is judged; the sum at the end. */
export type Score = {
  holds(sentence: string, holds: boolean, seen?: string): void;
  wrong(): string[];
  count(): number;
};

/** Keeps the score; every assertion is printed at once. */
export const keepScore = (say: (line: string) => void): Score => {
  const wrong: string[] = [];
  let count = 0;
  return {
    holds: (sentence, holds, seen = '') => {
      count += 1;
      const line = `${sentence}${seen === '' ? '' : `: ${seen}`}`;
      if (!holds) wrong.push(line);
      say(`  ${holds ? 'ok   ' : 'WRONG'} ${line}`);
    },
    wrong: () => wrong,
    count: () => count,
  };
};
