import { FileText } from '#worker/check-result/file-text.ts'
import { PlainPdf } from '#worker/check-result/plain-pdf.ts'
import { openRegular } from '#worker/regular-file.ts'

const CLAIMS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    [1, 2, 3].map(part => [
      `pdfa-${part}b`,
      [`<pdfaid:part>${part}</pdfaid:part>`, '<pdfaid:conformance>B</pdfaid:conformance>'],
    ]),
  ),
  pdfua: ['<pdfuaid:part>1</pdfuaid:part>'],
}

/** Whether the metadata of a PDF declare the target's standard. */
export async function declaresStandard(path: string, target: string): Promise<boolean> {
  const file = await openRegular(path)
  if (!file) return false
  try {
    const metadata = await (await PlainPdf.open(await FileText.open(file)))?.named('Metadata')
    return CLAIMS[target]?.every(claim => metadata?.text.includes(claim)) ?? false
  } finally {
    await file.close()
  }
}
