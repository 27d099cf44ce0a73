import { silent } from '../progress.ts';
import { findPrograms } from './programs.ts';

/** Path of one of the built programs, such as `kubectl`; builds them first when they are not there. */
export const programPath = async (name: string): Promise<string> => (await findPrograms([name], silent))(name);
