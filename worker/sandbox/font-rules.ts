import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The file that fontconfig reads instead of the machine's own, in the folder of rules. */
export const FONT_RULES_FILE = 'fonts.conf'
const MORE = 'conf.d'
const FONTS = 'fonts'

/** What fontconfig is told, and where it will see the folder that says so. */
export interface FontRules {
  rules: string
  /** Fonts that are nowhere else, by the names of their files. */
  fonts?: Readonly<Record<string, Buffer>>
  /** The folder's own path where that is undefined. */
  seenAs?: string | undefined
}

/**
 * Makes the folder with `rules`, and room behind them for what `writeFontRule` adds.
 * @returns its path
 */
export async function openFontRules(
  scratchDir: string,
  { rules, fonts = {}, seenAs }: FontRules,
): Promise<string> {
  const folder = folderIn(scratchDir)
  await mkdir(join(folder, MORE), { recursive: true, mode: 0o755 })
  await mkdir(join(folder, FONTS), { recursive: true, mode: 0o755 })
  for (const [name, font] of Object.entries(fonts))
    await writeFile(join(folder, FONTS, name), font, { mode: 0o644 })
  const own = `<dir>${join(seenAs ?? folder, FONTS)}</dir>`
  const more = `<include ignore_missing="yes">${join(seenAs ?? folder, MORE)}</include>`
  await writeFile(join(folder, FONT_RULES_FILE), documentOf(rules + own + more), { mode: 0o644 })
  return folder
}

/**
 * Tells fontconfig something more, for all processes in the sandbox that start from now on. fontconfig reads only files
 * whose `name` begins with a digit, in the order of their names.
 */
export async function writeFontRule(scratchDir: string, name: `${number}-${string}`, rule: string) {
  await writeFile(join(folderIn(scratchDir), MORE, `${name}.conf`), documentOf(rule), { mode: 0o644 })
}

const folderIn = (scratchDir: string) => join(scratchDir, 'font-rules')
const documentOf = (rules: string) =>
  `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n${rules}\n</fontconfig>\n`
