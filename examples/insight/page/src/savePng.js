import { saveFile } from './saveFile.js';

/** Saves an SVG of the page as a PNG on a ground of its own, twice as large as it is shown. */
export const savePng = async (svgUrl, { width, height, ground, name }) => {
  const image = new Image();
  image.src = svgUrl;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: width * 2, height: height * 2 });
  const context = canvas.getContext('2d');
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  saveFile(canvas.toDataURL('image/png'), `${name}.png`);
};
