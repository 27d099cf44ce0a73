/** A bootstrap that this kind of machine will never be able to carry out; trying again changes nothing. */
export class BootstrapRefused extends Error {
  override name = 'BootstrapRefused';
}
