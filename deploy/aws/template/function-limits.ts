/** The longest that Lambda lets a function work, in seconds. */
export const FUNCTION_TIMEOUT_S = 900
/** Space below /tmp for a document, its result and LibreOffice’s own files, in MB. */
export const FUNCTION_DISK_MB = 4096
