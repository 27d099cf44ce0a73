/** How much a condition of MTC weighs: Critical stops the work and Ready, Error only Ready, the others inform. */
export type Category = 'Critical' | 'Error' | 'Warn' | 'Required' | 'Advisory';

/** What a check has to say: a condition of MTC before it has a time. A literal `[]` in the message is replaced by the items. */
export type Claim = {
  type: string;
  status: 'True' | 'False';
  category: Category;
  message: string;
  reason?: string;
  items?: readonly string[];
  /** A durable condition outlives later judgements until it is taken away by name. */
  durable?: boolean;
};

const claimOf =
  (category: Category) =>
  (type: string, reason: string, message: string, items?: readonly string[]): Claim => ({
    type,
    status: 'True',
    category,
    message,
    ...(reason === '' ? {} : { reason }),
    ...(items === undefined ? {} : { items }),
  });

/** A fault that stops the work and Ready. */
export const critical = claimOf('Critical');
/** A fault that only stops Ready. */
export const error = claimOf('Error');
/** A remark that turns the result of a migration into SucceededWithWarnings. */
export const warn = claimOf('Warn');
/** A precondition that is met. */
export const required = claimOf('Required');
/** Information for readers. */
export const advisory = claimOf('Advisory');

/** Whether a claim stops an object from being Ready. */
export const blocks = ({ category, status }: { category: string; status: string }): boolean =>
  status === 'True' && (category === 'Critical' || category === 'Error');
