/** The build puts BASE_PATH here (next.config.js), since a browser has no environment to read. */
const BASE_PATH = process.env.BASE_PATH ?? ''

/** The address of one of our paths. Next's links and what a snapshot names need none: they have BASE_PATH already. */
export const under = (path: string): string => BASE_PATH + path
