/**
 * Where a watch is in its life:
 *
 *     listing ──settled──▶ watching ──ended──▶ watching (resumed)
 *        │                    │
 *      failed          failed │ expired, unreadable
 *        ▼                    ▼
 *     waiting ◀───────────────┘ then back to watching, or to listing when the version is of no use any more
 */
export type State =
  | { at: 'listing'; failures: number }
  | { at: 'watching'; resourceVersion: string; failures: number }
  | { at: 'waiting'; seconds: number; failures: number; then: Resumption };

/** Where a waiting watch goes on: from the version it knows, or from a new list. */
type Resumption = { at: 'listing' } | { at: 'watching'; resourceVersion: string };

/** How a list or a watch ended; `fruitful` means that the connection brought something, or held for a while. */
export type Outcome =
  | { was: 'settled'; resourceVersion: string }
  | { was: 'ended'; resourceVersion: string; fruitful: boolean }
  | { was: 'failed'; resourceVersion: string; fruitful: boolean; retryAfter?: number | undefined }
  | { was: 'expired'; fruitful: boolean }
  | { was: 'useless' }
  | { was: 'waited' };

/** Even a server that asks for more is asked again after this long. */
const LONGEST_WAIT_SECONDS = 30;

const resumption = (state: State, outcome: Outcome): Resumption =>
  state.at === 'watching' && (outcome.was === 'failed' || outcome.was === 'ended')
    ? { at: 'watching', resourceVersion: outcome.resourceVersion }
    : { at: 'listing' };

/** The next state of a watch; `backoff` gives the seconds to wait after so many failures in a row. */
export const nextState = (state: State, outcome: Outcome, backoff: (failures: number) => number): State => {
  if (state.at === 'waiting') return { ...state.then, failures: state.failures };
  // Failures are forgotten by a fruitful watch only: a list that works does not mean that the watch after it will.
  if (outcome.was === 'settled') return { at: 'watching', resourceVersion: outcome.resourceVersion, failures: state.failures };
  const fruitful = 'fruitful' in outcome && outcome.fruitful;
  const then = resumption(state, outcome);
  if (fruitful && (outcome.was === 'ended' || outcome.was === 'expired')) return { ...then, failures: 0 };
  const failures = fruitful ? 1 : state.failures + 1;
  const asked = outcome.was === 'failed' ? (outcome.retryAfter ?? 0) : 0;
  return { at: 'waiting', seconds: Math.max(backoff(failures), Math.min(asked, LONGEST_WAIT_SECONDS)), failures, then };
};
