import { inShop, type Manifest } from '../manifest.ts';

const GROUP = 'shop.example.com';

const schema = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      required: ['percent'],
      properties: {
        percent: { type: 'integer', minimum: 1, maximum: 90 },
        customers: { type: 'array', items: { type: 'string' } },
        until: { type: 'string', format: 'date' },
      },
    },
  },
};

/** The shop's own kind of object. */
export const promotionKind: Manifest = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `promotions.${GROUP}` },
  spec: {
    group: GROUP,
    scope: 'Namespaced',
    names: { kind: 'Promotion', listKind: 'PromotionList', plural: 'promotions', singular: 'promotion' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: schema },
        additionalPrinterColumns: [{ name: 'Percent', type: 'integer', jsonPath: '.spec.percent' }],
      },
    ],
  },
};

/** Two objects of that kind. */
export const promotions = (): Manifest[] => [
  inShop(`${GROUP}/v1`, 'Promotion', 'spring', 'promotions', { spec: { percent: 20, until: '2030-05-31' } }),
  inShop(`${GROUP}/v1`, 'Promotion', 'regulars', 'promotions', { spec: { percent: 5, customers: ['customer-1', 'customer-7'] } }),
];
