import { z } from 'zod';
import { checked } from '../rules.ts';
import { fields, int32, wholeList } from '../schema.ts';

const seconds = (what: string) => z.int().min(0).max(86_400).meta({ format: 'int32' }).optional().describe(`${what}, in seconds.`);

const scaleDown = fields({
  delayAfterAddSeconds: seconds('How long after adding nodes none is removed'),
  delayAfterDeleteSeconds: seconds('How long after removing a node none is removed'),
  delayAfterFailureSeconds: seconds('How long after a failed removal none is removed'),
  unneededDurationSeconds: seconds('How long a node is not needed before it is removed'),
  utilizationThresholdPercent: z
    .int()
    .min(0)
    .max(100)
    .meta({ format: 'int32' })
    .optional()
    .describe('Below which share of its resources a node counts as not needed.'),
});

const DURATION = /^([0-9]+([.][0-9]+)?(ns|us|µs|ms|s|m|h))+$/;
const LABEL = '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$';

const label = checked(z.string().min(1).max(317), {
  rule: `self.matches('${LABEL}')`,
  message: 'balancingIgnoredLabels must be valid label keys, e.g. example.com/MyName',
});

/** Limits of growing and shrinking by load. Not acted on yet. */
export const autoscaling = checked(
  fields({
    scaling: z.enum(['ScaleUpOnly', 'ScaleUpAndScaleDown']).default('ScaleUpAndScaleDown').describe('Omitted: ScaleUpAndScaleDown.'),
    scaleDown: scaleDown.optional().describe('When nodes are removed. Omitted: the defaults of the autoscaler.'),
    maxNodesTotal: int32().min(0).optional().describe('Most nodes in all pools together. Omitted: no limit.'),
    maxPodGracePeriod: int32().min(0).optional().describe('Seconds that pods get to end before their node is removed.'),
    maxNodeProvisionTime: z.string().max(64).regex(DURATION).optional().describe('How long a node may take to come up, for instance 15m.'),
    maxFreeDifferenceRatioPercent: int32().min(0).optional().describe('How much free resources of similar pools may differ, in percent.'),
    podPriorityThreshold: int32().optional().describe('Pods below this priority do not make the cluster grow. Omitted: -10.'),
    balancingIgnoredLabels: wholeList(label).max(64).optional().describe('Labels that do not make pools different.'),
    expanders: wholeList(z.enum(['LeastWaste', 'Priority', 'Random']))
      .min(1)
      .max(3)
      .optional()
      .describe('How a pool is chosen to grow. Omitted: Priority, then LeastWaste.'),
  }),
  {
    rule: "self.scaling != 'ScaleUpOnly' || !has(self.scaleDown)",
    message: 'scaleDown can only be set when scaling is ScaleUpAndScaleDown',
  },
);
