import { ApiError } from '@godwit/kube';

/** How an API server answered a write: `accepted`, or its whole message when it found the object invalid. Every other error is thrown on. */
export const answerOf = (write: Promise<unknown>): Promise<string> =>
  write.then(
    () => 'accepted',
    (error: unknown) => {
      if (error instanceof ApiError && error.reason === 'Invalid') return error.message;
      throw error;
    },
  );
