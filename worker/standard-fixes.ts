/**
 * Fixes violations of a standard in LibreOffice's PDF, byte for byte. A wrapper around another engine.
 * LibreOffice tags every PDF/A-1 and declares level A, which requires more than tags, such as alternative texts of
 * pictures. The requested level is B. And it writes a page's tab order, `S` for the order of the tags, as a string
 * where a name is required.
 */
import { constants, type FileHandle } from 'node:fs/promises'
import { FileText } from './check-result/file-text.ts'
import { PlainPdf } from './check-result/plain-pdf.ts'
import { type Engine, withConvert } from './engine.ts'
import { openRegular } from './regular-file.ts'
import { rewriteEach } from './rewrite.ts'

const LEVEL = '<pdfaid:conformance>'
const [STRING, NAME] = ['\n/Tabs(S)\n', '\n/Tabs /S\n'].map(line => Buffer.from(line)) as [Buffer, Buffer]

/** The same engine, whose PDF/A-1b declare B, and whose tagged pages declare the tab order. */
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
  // Anything else is left for the check of the result.
  if (!file) return
  try {
    await writeLevel(file)
  } finally {
    await file.close()
  }
}

/** In the same number of bytes, because a PDF contains byte offsets. */
async function writeLevel(file: FileHandle): Promise<void> {
  const metadata = await (await PlainPdf.open(await FileText.open(file)))?.named('Metadata')
  const at = metadata?.text.indexOf(`${LEVEL}A<`) ?? -1
  if (metadata && at >= 0) await file.write('B', metadata.position + at + LEVEL.length)
}
