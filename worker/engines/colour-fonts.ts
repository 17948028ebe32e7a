import { writeFontRule } from '#worker/sandbox/font-rules.ts'

/** The first LibreOffice that draws fonts in colour. */
const DRAWN_SINCE = 7.5
const REJECTED =
  '<selectfont><rejectfont><pattern><patelt name="color"><bool>true</bool></patelt></pattern></rejectfont></selectfont>'

/**
 * Hides fonts in colour from a LibreOffice that cannot draw them. fontconfig would choose them for emoji, even one that
 * has none, and the emoji would be blank in the PDF.
 */
export async function hideColourFonts({ workshop, name }: { workshop: string; name: string }): Promise<void> {
  const version = Number(/ (\d+\.\d+)/.exec(name)?.[1] ?? 0)
  if (version < DRAWN_SINCE) await writeFontRule(workshop, '60-colour-fonts', REJECTED)
}
