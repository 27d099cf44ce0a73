import type { Log } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { isOpen, judgeRequest, type RequestFacts } from './judge-request.ts';
import { SIGNING_REQUESTS, type SigningRequest } from './signing-request.ts';

const approval = (reason: string) => ({
  status: { conditions: [{ type: 'Approved', status: 'True', reason: 'GodwitApproved', message: reason }] },
});

/** Approves what may be approved, and tells of the rest in the log. */
export const approveRequests = async (
  client: Client,
  requests: readonly SigningRequest[],
  facts: RequestFacts,
  log: Log,
): Promise<void> => {
  for (const request of requests.filter(isOpen)) {
    const { approve, reason } = judgeRequest(request, facts);
    const name = request.metadata.name ?? '';
    log.info({ request: name, approved: approve }, reason);
    if (approve) await client.patch(SIGNING_REQUESTS, { name }, approval(reason), { subresource: 'approval' });
  }
};
