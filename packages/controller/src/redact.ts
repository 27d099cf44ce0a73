const HIDDEN = '<redacted>';

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/(authorization["']?\s*[:=]\s*["']?(?:\w+\s+)?)[^\s"',;]+/gi, `$1${HIDDEN}`],
  // Not a mere word: `Bearer authentication` is prose.
  [/\b([Bb]earer|[Bb]asic)\s+(?![a-z]+(?:[\s.,;:]|$))[\w.~+/=-]{6,}/g, `$1 ${HIDDEN}`],
  // A JSON Web Token, wherever it stands.
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, HIDDEN],
  [/\b([a-z][a-z\d+.-]*:\/\/)[^\s/@]+@/gi, `$1${HIDDEN}@`],
  [/([?&](?:token|access_token|password|X-Amz-(?:Signature|Credential|Security-Token))=)[^&\s"']+/gi, `$1${HIDDEN}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN],
  [
    /((?:aws_secret_access_key|aws_access_key_id|aws_session_token|password|passwd|secret_?key|token)["']?\s*[=:]\s*["']?)[^\s"',;}&]+/gi,
    `$1${HIDDEN}`,
  ],
];

/** Text without the secrets that can be told by their form: tokens, passwords, keys, user info of URLs. */
export const redact = (text: string): string => PATTERNS.reduce((so, [pattern, instead]) => so.replace(pattern, instead), text);

const SECRET_NAME =
  /^(authorization|cookie|password|passwd|token|saSecretToken|.*secret_?(access_?)?key|private_?key|.*access_?key(_?id)?|client-key-data|.*credentials?)$/i;

const isSecretObject = (value: object): boolean => 'kind' in value && value.kind === 'Secret';

const members = (value: object, depth: number): object =>
  Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const hidden = SECRET_NAME.test(key) ? typeof each === 'string' : isSecretObject(value) && (key === 'data' || key === 'stringData');
      return [key, hidden ? HIDDEN : redactedAt(each, depth + 1)];
    }),
  );

const errorFields = (error: Error, depth: number): object => ({
  ...members({ ...error }, depth),
  name: error.name,
  message: redact(error.message),
  ...(error.stack === undefined ? {} : { stack: redact(error.stack) }),
  ...(error.cause === undefined ? {} : { cause: redactedAt(error.cause, depth + 1) }),
});

const MOST_DEPTH = 12;

const redactedAt = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MOST_DEPTH) return '<deeper>';
  if (value instanceof Date) return value;
  if (value instanceof Error) return errorFields(value, depth);
  if (Array.isArray(value)) return value.map((each) => redactedAt(each, depth + 1));
  return members(value, depth);
};

/** The same value without secrets: data of Secrets, members with telling names, and secrets inside of texts. Errors become plain objects. */
export const redacted = (value: unknown): unknown => redactedAt(value, 0);
