const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const textOf = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** The address at a position of an IPv4 range, for instance 1 of 172.31.0.0/16 is 172.31.0.1; IPv6 ranges must end in `::`. */
export const addressAt = (cidr: string, position: number): string => {
  const [base = '', length = '32'] = cidr.split('/');
  if (base.includes(':')) return `${base.replace(/::.*$/, '::')}${position.toString(16)}`;
  const size = 2 ** (32 - Number(length));
  return textOf(Math.floor(numberOf(base) / size) * size + position);
};
