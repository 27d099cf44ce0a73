/** A text of at most so many characters: of a longer one the middle is left out, since it begins with what failed and ends with why. Pure. */
export const shortened = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const half = Math.floor((most - 3) / 2);
  return `${text.slice(0, half)} … ${text.slice(-half)}`;
};
