import { buildImage } from '../images/build-image.ts';
import { IMAGES } from '../images/catalogue.ts';
import { pushImage } from '../images/push-image.ts';
import { step, toStandardError } from '../progress.ts';
import type { Command } from './run.ts';

const isKnown = (name: string): name is keyof typeof IMAGES => name in IMAGES;

/** Builds an image from Debian packages, prints the path of its archive, and pushes it to a registry when one is named. */
export const image: Command = async ({ words: [name = ''], push, authority }) => {
  if (!isKnown(name)) throw new Error(`Name the image to build: godwit-dev image ${Object.keys(IMAGES).join('|')}`);
  const archive = await buildImage(IMAGES[name], toStandardError);
  if (push !== undefined) await step(toStandardError, `Pushing ${push}`, () => pushImage({ archive, reference: push, authority }));
  console.log(archive);
};
