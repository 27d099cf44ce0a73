export { type Converted, convert, type Versioned } from './convert.ts';
export { restoreUrls } from './restore-urls.ts';
