import { note } from '../vocabulary/notes.ts'
import { addNote, type Flags, noteClickable, noteLink } from './flags.ts'
import { PieceSearch } from './piece-search.ts'
import { type Tag, tagsOf } from './xml.ts'

const LONGEST_TAG = 64 * 1024
const LONGEST_PICTURE_TAG = 2048
const MOST_PICTURES = 10_000
const TAG = /<[^<>]*>/g
/** The pattern begins with rare characters: matching further at each `<` takes several times as long. */
const PICTURE = /(?:blip|imagedata|fill)\s(?<=<(?:\w+:)?\w+\s)[^<>]*>/g
const PICTURE_SIGNS = ['blip', 'gedat', 'fill']
const REFERENCE = /\s\w+:(link|href|embed|id|pict|relid)\s*=\s*["']([^"']+)["']/g
/** Newer programs repeat some targets in a second relationship that older programs ignore. */
const SECOND_NAME = /\/office\/20(?!06)\d\d\//
const MEDIA = /\/(?:audio|video|media)$/
/**
 * The package stores a copy of these, so nothing is missing: values of workbooks, pictures of objects, addresses of
 * letters.
 */
const KEPT = /\/(?:oleObject|package|externalLink\w*|xl[A-Z]\w*|pivotCache\w*|mailMerge\w*|recipientData)$/

/** Finds external content of an Open Packaging file, over all of its parts in any order. */
export class PackageLinks {
  readonly #flags: Flags
  /** The targets of linked pictures, by part and relationship. */
  readonly #pictures = new Map<string, string>()
  /** Pictures whose bytes are also in the package, which are therefore shown. */
  readonly #kept = new Set<string>()
  /** The relationships that the scanned parts use: an unused relationship shows nothing. */
  readonly #used = new Set<string>()
  readonly #read = new Set<string>()

  constructor(flags: Flags) {
    this.#flags = flags
  }

  /** Reads a relationships part, piece by piece. */
  relationships(listName: string): (piece: string) => void {
    const part = listName.replace(/_rels\/([^/]*)\.rels$/i, '$1')
    const search = new PieceSearch(TAG, LONGEST_TAG)
    return piece => {
      for (const [text] of search.matches(piece))
        if (text.includes('External')) for (const tag of tagsOf(text)) this.#note(tag, part)
    }
  }

  /** Reads a part that may show pictures, piece by piece. */
  pictures(part: string): (piece: string) => void {
    const search = new PieceSearch(PICTURE, LONGEST_PICTURE_TAG, PICTURE_SIGNS)
    this.#read.add(part.toLowerCase())
    return piece => {
      for (const [tag] of search.matches(piece)) this.#notePicture(tag, part)
    }
  }

  /** Counts the missing pictures once all parts have been read. */
  end(): void {
    for (const [key, target] of this.#pictures)
      if (!this.#kept.has(key) && this.#isUsed(key)) noteLink(this.#flags, target)
  }

  #isUsed(key: string): boolean {
    const [part = ''] = key.split('\n', 1)
    return !this.#read.has(part) || this.#used.size >= MOST_PICTURES || this.#used.has(key)
  }

  #note({ name, attributes: { Id = '', Type = '', Target = '', TargetMode } }: Tag, part: string): void {
    if (name !== 'Relationship' || TargetMode !== 'External' || SECOND_NAME.test(Type)) return
    if (Type.endsWith('/hyperlink')) noteClickable(this.#flags)
    else if (Type.endsWith('/attachedTemplate')) addNote(this.#flags, note('template_not_fetched'))
    else if (KEPT.test(Type)) addNote(this.#flags, note('sources_not_read'))
    else if (MEDIA.test(Type)) this.#flags.media++
    else if (Type.endsWith('/image') && this.#pictures.size < MOST_PICTURES)
      this.#pictures.set(keyOf(part, Id), Target.slice(0, 40))
    else noteLink(this.#flags, Target)
  }

  #notePicture(tag: string, part: string): void {
    const references = [...tag.matchAll(REFERENCE)]
    const isOutside = (kind = '') => kind === 'link' || kind === 'href'
    const links = references.filter(([, kind]) => isOutside(kind))
    if (this.#used.size < MOST_PICTURES)
      for (const [, , id = ''] of references) this.#used.add(keyOf(part, id))
    if (links.length === references.length || this.#kept.size >= MOST_PICTURES) return
    for (const [, , id = ''] of links) this.#kept.add(keyOf(part, id))
  }
}

/** The names of parts are case-insensitive. */
function keyOf(part: string, id: string): string {
  return `${part.toLowerCase()}\n${id}`
}
