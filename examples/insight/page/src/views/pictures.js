/**
 * Pictures of pages, kept in this browser: a screenshot may show more of a shop than a report does, so it goes nowhere.
 * They are drawn anew, which leaves out whatever else a file held and bounds its size.
 */
const MAX_WIDTH = 750;
const MAX_HEIGHT = 4000;

const asPromise = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const openStore = async (mode) => {
  const opening = indexedDB.open('insight', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('pictures');
  const database = await asPromise(opening);
  return database.transaction('pictures', mode).objectStore('pictures');
};

/** @throws where the file is no picture */
const redraw = async (file) => {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, MAX_WIDTH / bitmap.width, MAX_HEIGHT / bitmap.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', 0.85));
};

export const loadPicture = async (key) => asPromise((await openStore('readonly')).get(key));
export const savePicture = async (key, file) => {
  const picture = await redraw(file);
  await asPromise((await openStore('readwrite')).put(picture, key));
  return picture;
};
export const removePicture = async (key) => asPromise((await openStore('readwrite')).delete(key));
