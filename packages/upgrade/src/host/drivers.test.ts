import { type Entered, enter } from '../../test/entered.ts';
import { hostContract } from '../../test/host-contract.ts';
import { sysrootDriver } from './sysroot.ts';

hostContract('sysroot', async (folder) => {
  const driver = sysrootDriver(folder);
  return { driver: () => driver, boot: () => driver.reboot('test'), stop: async () => {} };
});

hostContract('namespace', async (folder) => {
  let entered: Entered | undefined;
  const leave = async (): Promise<void> => {
    await entered?.leave();
    entered = undefined;
  };
  return {
    driver: () => {
      if (entered === undefined) throw new Error('nothing is booted');
      return entered.driver;
    },
    boot: async () => {
      await entered?.driver.reboot('test');
      await leave();
      entered = await enter(folder);
    },
    stop: leave,
  };
});
