/**
 * What LibreOffice writes wrong of a standard, mended in its file byte for byte. This is an engine around any other.
 *
 * It tags every PDF/A-1 and lets it claim level A, which asks for more than tags: that pictures have alternative texts,
 * for one. What was asked for is level B. And it writes the order in which a page's links are walked through, `S` as the
 * tags say, as a string where there must be a name.
 */
import { constants, type FileHandle } from 'node:fs/promises'
import { FileText } from './check-result/file-text.ts'
import { PlainPdf } from './check-result/plain-pdf.ts'
import { type Engine, withConvert } from './engine.ts'
import { openRegular } from './regular-file.ts'
import { rewriteEach } from './rewrite.ts'

const LEVEL = '<pdfaid:conformance>'
const [STRING, NAME] = ['\n/Tabs(S)\n', '\n/Tabs /S\n'].map(line => Buffer.from(line)) as [Buffer, Buffer]

/** The same engine, whose PDF/A-1b say B, and whose tagged pages say in which order their links come. */
export function withStandardFixes(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    const { target } = conversion
    const converted = await engine.convert(conversion)
    if (target === 'pdfa-1b') await claimLevelB(converted.path)
    else if (target.startsWith('pdfa') || target === 'pdfua') await rewriteEach(converted.path, STRING, NAME)
    return converted
  })
}

async function claimLevelB(path: string): Promise<void> {
  const file = await openRegular(path, constants.O_RDWR)
  // Whatever else lies there is for the check of the result to refuse.
  if (!file) return
  try {
    await writeLevel(file)
  } finally {
    await file.close()
  }
}

/** In as many bytes, since a PDF counts them. */
async function writeLevel(file: FileHandle): Promise<void> {
  const metadata = await (await PlainPdf.open(await FileText.open(file)))?.named('Metadata')
  const at = metadata?.text.indexOf(`${LEVEL}A<`) ?? -1
  if (metadata && at >= 0) await file.write('B', metadata.position + at + LEVEL.length)
}
