import { describe, expect, test } from 'vitest';
import { nameOf, normalise } from './normalise.ts';

const flags = new Set(['--context', '-n', '-o']);
const words = (line: string): string[] => line.split(' ').filter(Boolean);

describe('normalise', () => {
  test.each([
    ['noun first stays as it is', 'plan get shop', 'plan get shop'],
    ['verb first is swapped', 'get plans', 'plan get'],
    ['verb first keeps the name', 'describe plan shop', 'plan describe shop'],
    ['a plural is a noun', 'plans get', 'plan get'],
    ['the name of the kind is a noun', 'get migplans', 'plan get'],
    ['the kind with its group is a noun', 'get migplans.migration.openshift.io', 'plan get'],
    ['a short form is a noun', 'get repos', 'repo get'],
    ['list means get', 'list runs', 'run get'],
    ['list means get behind the noun too', 'run list', 'run get'],
    ['noun/name before the verb', 'plan/shop describe', 'plan describe shop'],
    ['noun/name behind the verb', 'describe run/shop-1', 'run describe shop-1'],
    ['upper case in a kind is a noun', 'get MigPlan', 'plan get'],
    ['explain run is a verb and a noun', 'explain run shop-1', 'run explain shop-1'],
    ['operator run is a noun and its verb', 'operator run', 'operator run'],
    ['run operator is a verb and a noun', 'run operator', 'operator run'],
    ['cancel run', 'cancel run shop-1', 'run cancel shop-1'],
    ['flags before the words are left out', '--context alpha get plans', '--context alpha plan get'],
    ['flags between the words stay there', 'get -n other plans -o json', 'plan -n other get -o json'],
    ['a flag with = is one word', '--context=alpha get plans', '--context=alpha plan get'],
    ['a lone noun gets its usual form', 'migplans --help', 'plan --help'],
    ['words of their own stay', 'migrate shop --source a --target b', 'migrate shop --source a --target b'],
    ['a namespace that is called like a noun stays', 'migrate run', 'migrate run'],
    ['a verb that the noun lacks stays for the parser to refuse', 'cutover cluster a', 'cutover cluster a'],
    ['an unknown verb stays behind the noun', 'plans fly', 'plan fly'],
    ['nothing at all', '', ''],
    ['only flags', '--help', '--help'],
  ])('%s', (_title, given, expected) => {
    expect(normalise(words(given), flags)).toEqual(words(expected));
  });
});

describe('nameOf', () => {
  test.each([
    ['a plain name', 'plan', 'shop', 'shop'],
    ['noun/name', 'plan', 'plan/shop', 'shop'],
    ['kind/name', 'plan', 'migplans/shop', 'shop'],
    ['another noun is no prefix', 'plan', 'run/shop', 'run/shop'],
  ])('%s', (_title, noun, given, expected) => {
    expect(nameOf(noun, given)).toBe(expected);
  });
});
