/** Cuts a stream of bytes into lines, also where a character is split over two chunks; empty lines are left out. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest: string[] = [];
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk, { stream: true }).split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      const line = rest.length === 0 ? part : [...rest, part].join('');
      rest = [];
      if (line !== '') yield line;
    }
    // A long object comes in many chunks; joining them once keeps this linear.
    if (last !== '') rest.push(last);
  }
  const line = [...rest, decoder.decode()].join('');
  if (line !== '') yield line;
}
