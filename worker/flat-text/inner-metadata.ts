import { elementName, isEmptyElement, Tokens } from './tokens.ts'

/**
 * Removes the metadata of documents embedded in a flat OpenDocument text: LibreOffice writes those of an embedded
 * workbook and then cannot open the text.
 */
export class InnerMetadataRemover {
  readonly #tokens = new Tokens()
  #documents = 0
  #isInMetadata = false

  /** @throws RangeError */
  write(piece: string): string {
    const kept: string[] = []
    for (const token of this.#tokens.of(piece)) if (this.#isKept(token, elementName(token))) kept.push(token)
    return kept.join('')
  }

  #isKept(token: string, name: string): boolean {
    if (name === 'office:document') this.#documents++
    else if (name === '/office:document') this.#documents--
    else if (this.#isInMetadata) {
      this.#isInMetadata = name !== '/office:meta'
      return false
    } else if (name === 'office:meta' && this.#documents > 1) {
      this.#isInMetadata = !isEmptyElement(token)
      return false
    }
    return true
  }
}
