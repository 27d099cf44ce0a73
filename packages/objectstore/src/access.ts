/** How to reach a repository; `folder` is provider `godwit.io/filesystem`. */
export type StoreAccess =
  | {
      kind: 's3';
      bucket: string;
      prefix: string;
      region: string;
      endpoint?: string;
      forcePathStyle: boolean;
      accessKeyId: string;
      secretAccessKey: string;
      /** Of temporary credentials (STS). */
      sessionToken?: string | undefined;
      caBundle?: string;
      insecure: boolean;
    }
  | { kind: 'folder'; path: string };
