/** What the application is called: at the end of every page's title. */
export const PRODUCT_NAME = 'Chat Playground';
