import { omit, withSpec } from './edit.ts';
import type { ItemRule } from './rule.ts';

/** Lets the target cluster choose the host of a route where the source had chosen it. */
export const routeRule: ItemRule = {
  name: 'route',
  on: ['routes.route.openshift.io'],
  apply: (object, { migration }) =>
    migration && object.metadata.annotations?.['openshift.io/host.generated'] === 'true'
      ? { keep: withSpec(object, (spec) => omit(spec, 'host')) }
      : { keep: object },
};
