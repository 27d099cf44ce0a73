import { z } from 'zod';
import { checked } from '../rules.ts';
import { fields, int32, wholeList } from '../schema.ts';

const DOMAIN = '^([a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?[.])+[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$';

const hostname = () =>
  checked(z.string().max(253), {
    rule: `self == '' || self.matches('${DOMAIN}')`,
    message: 'hostname must be a valid domain name (e.g., example.com)',
  });

const nodePort = fields({
  address: checked(z.string().min(1).max(253), {
    rule: `isIP(self) || self.matches('^[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?$')`,
    message: 'address must be a valid hostname, IPv4 or IPv6 address',
  }).describe('Host name or address of the nodes of the management cluster. Required.'),
  port: int32().optional().describe('The port. Omitted or 0: the management cluster chooses.'),
});

const forbids = (type: 'None' | 'S3') => ({
  rule: `self.type != '${type}' || (!has(self.nodePort) && !has(self.route) && !has(self.loadBalancer))`,
  message: `${type} does not allow any configuration for specific service type`,
});

const servicePublishingStrategy = checked(
  fields({
    type: z.enum(['LoadBalancer', 'NodePort', 'Route', 'None', 'S3']).describe('How the service is reached from outside. Required.'),
    nodePort: nodePort.optional().describe('Where nodes are reached. Needed with NodePort.'),
    loadBalancer: fields({ hostname: hostname().optional().describe('Name of the service in DNS. Omitted: what the cloud gives.') })
      .optional()
      .describe('Only with LoadBalancer.'),
    route: fields({ hostname: hostname().optional().describe('Name of the service in DNS. Omitted: the router gives one.') })
      .optional()
      .describe('Only with Route.'),
  }),
  {
    rule: "self.type == 'NodePort' ? has(self.nodePort) : !has(self.nodePort)",
    message: 'nodePort is required when type is NodePort, and forbidden otherwise',
  },
  {
    rule: "self.type == 'Route' ? !has(self.nodePort) && !has(self.loadBalancer) : !has(self.route)",
    message: 'only route is allowed when type is Route, and forbidden otherwise',
  },
  {
    rule: "self.type == 'LoadBalancer' ? !has(self.nodePort) && !has(self.route) : !has(self.loadBalancer)",
    message: 'only loadBalancer is required when type is LoadBalancer, and forbidden otherwise',
  },
  forbids('None'),
  forbids('S3'),
);

const service = fields({
  service: z.enum(['APIServer', 'OAuthServer', 'OIDC', 'Konnectivity', 'Ignition', 'OVNSbDb']).describe('Which service. Required.'),
  servicePublishingStrategy: servicePublishingStrategy.describe('How it is published. Required.'),
});
/** How one service of a control plane is published. */
export type ServicePublishing = z.infer<typeof service>;

const namesOf = (block: string) =>
  `self.filter(s, has(s.servicePublishingStrategy.${block}) && has(s.servicePublishingStrategy.${block}.hostname) && s.servicePublishingStrategy.${block}.hostname != '').map(s, s.servicePublishingStrategy.${block}.hostname)`;
const names = `(${namesOf('loadBalancer')} + ${namesOf('route')})`;
const nodePorts =
  'self.filter(s, has(s.servicePublishingStrategy.nodePort) && has(s.servicePublishingStrategy.nodePort.port) && s.servicePublishingStrategy.nodePort.port != 0).map(s, s.servicePublishingStrategy.nodePort.port)';

/** How the services of a control plane are published. Two with one host name or one node port are refused here (G-H30). */
export const services = () =>
  checked(
    wholeList(service).max(6),
    {
      rule: `${names}.all(n, ${names}.exists_one(m, m == n))`,
      message: 'hostnames must be unique across services; give every service a hostname of its own',
    },
    {
      rule: `${nodePorts}.all(p, ${nodePorts}.exists_one(q, q == p))`,
      message: 'node ports must be unique across services; give every service a port of its own, or leave the ports out',
    },
  );
