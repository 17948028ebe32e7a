import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where fontconfig looks below what it takes for a person’s folder of settings. */
const BELOW = join('fontconfig', 'conf.d')

/** Makes the folder for what fontconfig is told beside the machine’s own settings; what lies there may change. */
export async function openFontRules(workshop: string): Promise<string> {
  await mkdir(join(folderIn(workshop), BELOW), { recursive: true, mode: 0o755 })
  return folderIn(workshop)
}

/**
 * Tells fontconfig something more, for all processes in the sandbox that start from now on. fontconfig reads only files
 * whose `name` begins with a digit, in the order of their names.
 */
export async function writeFontRule(workshop: string, name: `${number}-${string}`, rule: string) {
  const xml = `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>${rule}</fontconfig>\n`
  await writeFile(join(folderIn(workshop), BELOW, `${name}.conf`), xml, { mode: 0o644 })
}

const folderIn = (workshop: string) => join(workshop, 'font-rules')
