/** Reads the shapes with text of a flat OpenDocument text as LibreOffice writes it. */
import { attribute, elementName, isEmptyElement, Tokens } from './tokens.ts'

const SHAPE =
  /^draw:(?:custom-shape|rect|ellipse|circle|polygon|polyline|path|line|connector|regular-polygon|measure|caption|g)$/
/** Elements that describe a shape and are not its text. */
const BESIDE_TEXT = /^(?:draw:enhanced-geometry|draw:glue-point|svg:title|svg:desc|office:event-listeners)$/
/** LibreOffice's names for the styles of shapes. */
const OF_SHAPES = /^gr\d/

/** A shape, or a group of them, that is being read. */
export interface Shape {
  tag: string
  name: string
  /** Everything read so far, and the part of it that is text. */
  written: string[]
  text: string[]
  hasWords: boolean
  /** What must follow it. */
  after: string[]
}

/** Reads a text tag by tag; a subclass returns the replacement of each shape that ends. */
export abstract class ShapeReader {
  readonly #tokens = new Tokens()
  protected readonly shapes: Shape[] = []
  /** The start of a frame whose content is not known yet. */
  #frame = ''
  #besideText = ''
  #written: string[] = []

  /** The replacement of a shape. */
  protected abstract ended(shape: Shape, endTag: string): string
  /** The replacement of anything else. */
  protected abstract other(token: string, name: string): string
  /** Whether a frame would become a shape if it contained text; some are shapes anyway. */
  protected abstract isLikeShape(frame: string): boolean

  /** @throws RangeError */
  write(piece: string): string {
    for (const token of this.#tokens.of(piece)) this.#readFrame(token, elementName(token))
    const written = this.#written.join('')
    this.#written = []
    return written
  }

  #emit(token: string, { isText = true } = {}): void {
    const shape = this.shapes.at(-1)
    if (!shape) return void this.#written.push(token)
    shape.written.push(token)
    if (isText) shape.text.push(token)
  }

  #readFrame(token: string, name: string): void {
    const frame = this.#frame
    this.#frame = frame && name === '' ? frame + token : ''
    if (this.#frame) return
    if (frame && name === 'draw:text-box') this.#open(frame, 'draw:frame')
    else if (frame) this.#read(frame, 'draw:frame')
    const mayBeShape = name === 'draw:frame' && !isEmptyElement(token) && this.#mayBeShape(token)
    if (mayBeShape) this.#frame = token
    else this.#read(token, name)
  }

  #mayBeShape(frame: string): boolean {
    const isInGroup = this.shapes.at(-1)?.name === 'draw:g'
    return isInGroup || OF_SHAPES.test(attribute(frame, 'draw:style-name') ?? '') || this.isLikeShape(frame)
  }

  #open(tag: string, name: string): void {
    this.shapes.push({ tag, name, written: [], text: [], hasWords: false, after: [] })
  }

  #read(token: string, name: string): void {
    const shape = this.shapes.at(-1)
    if (shape && this.#besideText) this.#readBesideText(token, name)
    else if (shape && BESIDE_TEXT.test(name)) {
      this.#besideText = isEmptyElement(token) ? '' : name
      this.#emit(token, { isText: false })
    } else if (SHAPE.test(name) && !isEmptyElement(token)) this.#open(token, name)
    else if (shape && name === `/${shape.name}`) this.#end(shape, token)
    else this.#readOther(token, name, shape)
  }

  #readBesideText(token: string, name: string): void {
    if (name === `/${this.#besideText}`) this.#besideText = ''
    this.#emit(token, { isText: false })
  }

  #end(shape: Shape, token: string): void {
    this.shapes.pop()
    this.#emit(this.ended(shape, token))
    const around = this.shapes.at(-1)
    if (around) around.hasWords ||= shape.hasWords
  }

  #readOther(token: string, name: string, shape: Shape | undefined): void {
    const written = this.other(token, name)
    if (shape && name === '' && written.trim() !== '') shape.hasWords = true
    if (written !== '') this.#emit(written)
  }
}
