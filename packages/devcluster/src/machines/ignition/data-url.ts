import { BootstrapRefused } from './refused.ts';

const HEX = /^[0-9a-fA-F]{2}$/;

/** Undoes percent encoding byte by byte, so that what is no UTF-8 survives too. */
const decodePercent = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  const decoded: number[] = [];
  for (let index = 0; index < bytes.length; index += 1) {
    const pair = bytes.subarray(index + 1, index + 3).toString('latin1');
    const escaped = bytes[index] === 0x25 && HEX.test(pair);
    decoded.push(escaped ? Number.parseInt(pair, 16) : (bytes[index] ?? 0));
    if (escaped) index += 2;
  }
  return Buffer.from(decoded);
};

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const decodeBase64 = (text: string): Buffer => {
  const plain = decodePercent(text).toString('latin1').replaceAll(/\s/g, '');
  if (!BASE64.test(plain)) throw new BootstrapRefused('A data URL says base64 and is not');
  return Buffer.from(plain, 'base64');
};

/** The bytes of a data URL, `data:[type][;parameter…][;base64],…`. */
export const bytesOfDataUrl = (url: string): Buffer => {
  const comma = url.indexOf(',');
  if (!url.startsWith('data:') || comma < 0) throw new BootstrapRefused('A data URL has no comma before its data');
  const [head, data] = [url.slice('data:'.length, comma), url.slice(comma + 1)];
  return /;\s*base64$/i.test(head) ? decodeBase64(data) : decodePercent(data);
};
