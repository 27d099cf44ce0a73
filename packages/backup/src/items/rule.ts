import type { KubeObject } from '@godwit/kube';

/** What rules know of the restore that an object belongs to. */
export type ItemFacts = {
  /** The group-resource of the object. */
  readonly resource: string;
  readonly mapNamespace: (namespace: string) => string;
  readonly preserveNodePorts: boolean;
  /** What becomes of a volume: its object is restored, or a new volume is provisioned for its claim. */
  readonly volumeFate: (name: string) => 'restore' | 'provision';
  /** Whether the additions for migrations apply. */
  readonly migration: boolean;
  /** Labels that every restored object gets. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels that every restored object except service accounts gets. */
  readonly migrationLabels: Readonly<Record<string, string>>;
};

/** What a rule makes of an object: another object, or nothing to be restored, with the reason. */
export type RuleOutcome = { keep: KubeObject } | { skip: string };

/** A pure change of objects of some kinds on their way into a cluster. */
export type ItemRule = {
  readonly name: string;
  /** Group-resources that the rule applies to; absent means all. */
  readonly on?: readonly string[];
  readonly apply: (object: KubeObject, facts: ItemFacts) => RuleOutcome;
};
