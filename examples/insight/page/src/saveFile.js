/** Hands a file to whoever sits before the page. */
export const saveFile = (url, name) => Object.assign(document.createElement('a'), { href: url, download: name }).click();
