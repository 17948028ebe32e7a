/** The build inserts BASE_PATH here (next.config.js), because a browser has no environment. */
export const BASE_PATH = process.env.BASE_PATH ?? ''

/** Prefixes a path with BASE_PATH. Next's links and the URLs of a snapshot already contain it. */
export const under = (path: string): string => BASE_PATH + path
