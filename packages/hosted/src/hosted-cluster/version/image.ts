/** Whether an image is the wanted one: the same text, or the same with its digest resolved (`<wanted>@sha256:…`). */
export const isSameImage = (wanted: string, found: string | undefined): boolean =>
  found !== undefined && (found === wanted || found.startsWith(`${wanted}@sha`));
