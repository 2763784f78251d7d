/** The source of what a lazy renderer has drawn: tells whether it must be drawn again. */
export const SOURCE_ATTRIBUTE = 'data-source';
