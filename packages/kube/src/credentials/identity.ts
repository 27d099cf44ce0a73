/** What a request shows to the server: headers, and a certificate for the connection. */
export type Identity = {
  headers: Readonly<Record<string, string>>;
  certificate?: { cert: string; key: string } | undefined;
};

/** Somebody who can show an identity; `renew` forgets what was remembered, after the server refused it. */
export type Credentials = { identity(): Promise<Identity>; renew(): void };
