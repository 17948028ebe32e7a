import { programAt } from '../bin/needs.js'

/** Why tests that use a program of the system do not run here; false where they do. */
export function whyNo(program: string): string | false {
  return programAt(program) ? false : `needs ${program}, which is not installed`
}
