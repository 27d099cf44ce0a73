import { expect, test } from 'vitest';
import { sourceLines } from './debian-sources.ts';

const MAIN = 'http://mirror.example/debian/ bookworm main';
const SECURITY = 'http://mirror.example/debian-security/ bookworm-security main';

test.each([
  ['one line for each archive, in a stable order', `${MAIN}\n${SECURITY}`, undefined, [`deb ${SECURITY}`, `deb ${MAIN}`]],
  ['one line for an archive that is known twice', `${MAIN}\n${MAIN}\n`, undefined, [`deb ${MAIN}`]],
  ['the keyring, where there is one', MAIN, '/keys.gpg', [`deb [signed-by=/keys.gpg] ${MAIN}`]],
  ['nothing when apt knows nothing', '', undefined, []],
])('sourceLines gives %s', (_title, targets, keyring, lines) => {
  expect(sourceLines(targets, keyring)).toEqual(lines);
});
