import { writeFontRule } from '#worker/sandbox/font-rules.ts'

/** The first LibreOffice that draws colour fonts. */
const DRAWN_SINCE = 7.5
const COLOUR = '<patelt name="color"><bool>true</bool></patelt>'
const WITH_EMOJI = '<patelt name="charset"><charset><int>0x1f600</int></charset></patelt>'
const REJECTED = `<rejectfont><pattern>${COLOUR}</pattern></rejectfont>`
const ACCEPTED = `<acceptfont><pattern>${COLOUR}${WITH_EMOJI}</pattern></acceptfont>`

/** Whether a LibreOffice by this name, such as `LibreOffice 7.4.7.2`, draws colour fonts; older ones leave blanks. */
export function drawsColour(name: string): boolean {
  return Number(/ (\d+\.\d+)/.exec(name)?.[1] ?? 0) >= DRAWN_SINCE
}

/**
 * Hides colour fonts, except those for emoji from a LibreOffice that draws them: fontconfig chooses any colour font for
 * emoji, even one without the character, and LibreOffice then draws nothing.
 */
export async function hideColourFonts({
  scratchDir,
  name,
}: {
  scratchDir: string
  name: string
}): Promise<void> {
  const rule = drawsColour(name) ? REJECTED + ACCEPTED : REJECTED
  await writeFontRule(scratchDir, '60-colour-fonts', `<selectfont>${rule}</selectfont>`)
}
