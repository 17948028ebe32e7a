/**
 * Converts shapes with text to boxes: LibreOffice drops their text from an RTF, or does not write it as text. Those of
 * a group follow it as boxes. A box within a box would be lost as well, so its paragraphs follow the one that contains
 * it.
 */
import { type Shape, ShapeReader } from './shape-words.ts'
import { attribute, isEmptyElement, withoutAttributes } from './tokens.ts'

const ANCHOR = ['text:anchor-type', 'text:anchor-page-number']
const PLACE = ['draw:z-index', 'svg:width', 'svg:x', 'svg:y']
/** For lines, which have no width. */
const WIDTH = 'svg:width="5cm"'
/** Without this style LibreOffice treats a box as a shape. */
const FRAME = ' style:parent-style-name="Frame"'
const OF_BOXES = '_box'

export class ShapesAsBoxes extends ShapeReader {
  /** The number of shapes that became boxes. */
  count = 0
  /** Fields and boxes whose text is now in the surrounding text. */
  unwrapped = 0
  /** The number of open boxes, and what must follow the current paragraph. */
  #boxes = 0
  #following: string[] = []
  /** The style that is being read, with its content; only for shapes. */
  #style: string[] | undefined

  protected ended({ tag, name, written, text, hasWords, after }: Shape, endTag: string): string {
    const outermost = this.shapes.find(({ name }) => name === 'draw:g')
    if (name === 'draw:g' || !hasWords) return [tag, ...written, endTag, ...after].join('')
    const words = text.filter(token => !/^<\/?draw:text-box\b/.test(token)).join('')
    const isWithin = this.#boxes > 0 || this.shapes.some(({ name }) => name !== 'draw:g')
    if (isWithin) {
      this.unwrapped++
      this.#following.push(words)
      return ''
    }
    this.count++
    const box = boxLike(tag, outermost?.tag ?? tag, words)
    if (!outermost) return box
    outermost.after.push(box)
    return ''
  }

  protected isLikeShape(): boolean {
    return this.#boxes > 0
  }

  protected other(token: string, name: string): string {
    if (name === 'style:style' && attribute(token, 'style:family') === 'graphic') this.#style = []
    if (this.#style) return this.#readStyle(token, name, this.#style)
    if (name === 'text:conditional-text') this.unwrapped++
    if (name === 'draw:text-box' && !isEmptyElement(token)) this.#boxes++
    if (name === '/draw:text-box') this.#boxes--
    if (/^\/text:[ph]$/.test(name)) return token + this.#following.splice(0).join('')
    return /^\/?text:conditional-text$/.test(name) ? '' : token
  }

  /** Each style of shapes is also defined for boxes. */
  #readStyle(token: string, name: string, style: string[]): string {
    style.push(token)
    const isOver = name === '/style:style' || (name === 'style:style' && isEmptyElement(token))
    if (!isOver) return token
    this.#style = undefined
    return token + styleOfBoxes(style)
  }
}

function styleOfBoxes([tag = '', ...inner]: readonly string[]): string {
  const own = attribute(tag, 'style:name') ?? ''
  const named = withoutAttributes(tag, ['style:parent-style-name', 'style:display-name'])
  const start = named.replace(`style:name="${own}"`, `style:name="${own}${OF_BOXES}"${FRAME}`)
  return [start, ...inner].join('')
}

function boxLike(shape: string, anchored: string, text: string): string {
  const kept = [...attributesOf(anchored, ANCHOR), ...attributesOf(shape, PLACE)]
  const style = attribute(shape, 'draw:style-name')
  if (style !== undefined) kept.push(`draw:style-name="${style}${OF_BOXES}"`)
  if (attribute(shape, 'svg:width') === undefined) kept.push(WIDTH)
  const height = attribute(shape, 'svg:height')
  const box = height === undefined ? '<draw:text-box>' : `<draw:text-box fo:min-height="${height}">`
  return `<draw:frame ${kept.join(' ')}>${box}${text}</draw:text-box></draw:frame>`
}

function attributesOf(tag: string, names: readonly string[]): string[] {
  return names.flatMap(name => {
    const value = attribute(tag, name)
    return value === undefined ? [] : [`${name}="${value}"`]
  })
}
