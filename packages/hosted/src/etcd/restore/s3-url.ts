/** An object in S3 as an URL names it. */
export type S3Object = { bucket: string; key: string };

/** Reads `s3://bucket/key`, the key percent-decoded; undefined for every other scheme, without a bucket, or without a key. */
export const parseS3Url = (text: string): S3Object | undefined => {
  const [, bucket, path] = /^s3:\/\/([^/?#]+)\/([^?#]+)$/.exec(text) ?? [];
  if (!bucket || !path) return undefined;
  try {
    return { bucket, key: decodeURIComponent(path) };
  } catch {
    return undefined; // a lone percent sign is no encoding
  }
};
