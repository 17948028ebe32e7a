/** What no file may be called on some system that unpacks the archive. */
const FORBIDDEN = /[<>:"|?*\\]/g

/** The names in one archive: in their folders, and each only once, whether or not a system heeds the case of letters. */
export class ZipNames {
  readonly #taken = new Set<string>()

  /** The name for this file; a later one of the same name gets a number. */
  take(folder: string, fileName: string): string {
    const path = (folder ? `${folder}/${fileName}` : fileName).replace(FORBIDDEN, '_')
    const dot = path.lastIndexOf('.')
    const end = dot > path.lastIndexOf('/') ? dot : path.length
    let name = path
    for (let n = 2; this.#taken.has(name.toLowerCase()); n++)
      name = `${path.slice(0, end)} (${n})${path.slice(end)}`
    this.#taken.add(name.toLowerCase())
    return name
  }
}
