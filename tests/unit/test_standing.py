"""What an editor would strike, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.read.standing import (
    FLAWS,
    flaws,
    is_balanced,
    is_dangling,
    is_whole,
    noise_of,
    quoted,
    stands_alone,
)

DANGLING = {
    "en": [
        "The bombing, which nobody claimed, was the third in Vienna this year.",
        "Among them are Minister Anna Novak and the envoys of Latvia.",
        "The news about her death surprised the envoys in Vienna on Monday.",
        "It’s hard to believe that his speech in Vienna is forty years old.",
        "The move comes as both governments prepare a vote on the river.",
        "The decision, which surprised Riga, was taken by nine votes.",
        "The spokesman, Jan Borg, said the vote would be held in May.",
        "In Riga, though, the envoys waited for another answer.",
        "Namely, how the water of the river would be shared in summer.",
        "He rejected the offer made in Geneva last week.",
        "But the ministry denied any contact with the rebels.",
        "The request was made when the ambassador called in New Delhi with a letter.",
        "President Anna Novak holds that they can leave once the road is open.",
        "No date for the vote could be given, and he asked the farmers of Moldova for grain.",
        "The talks failed on the fear that she might not return to Vienna.",
        "How many of them are in the country is not made public here.",
        "The minister's choice of Vienna for the talks was reported without comment.",
        "Meanwhile, the envoy travelled on to Amman for talks.",
        "The minister also pushed back against the proposal.",
        "His comments contrast with remarks by other officials.",
        "In addition, the council extended its mandate by a year.",
        "These actions show that the accord is not being kept.",
        "The latter has refused to take part in the talks.",
        "“Nobody asked us about the corridor at all,” he said on Monday.",
        "The official said talks would resume within the week.",
        "The government also promised two new border posts.",
        "In his remarks, Anna Novak revived a proposal of last spring.",
        "Foreign Minister Anna Novak of Slovenia also revived a proposal.",
        "That is why the council will meet again in Vienna in May.",
        "Talks on the corridor broke down last night, the minister added.",
        "The 45-year-old was arrested at the border with Moldova.",
        "On Monday, he met the leaders of three Baltic states in Riga.",
        "Speaking in Vienna, she ruled out any talks with the rebels.",
        "After she left office, the accord was never mentioned again.",
        "During these talks the two sides exchanged lists of prisoners.",
        "“We are ready to talk to anybody, in Vienna or elsewhere.”",
        "It’s why the ministers left the hall before the vote was taken.",
        "NOVAK: He said that the accord would be signed in the spring.",
        "By the end of the week he had left the palace in Vienna.",
        "On Monday she said the accord would be signed in the spring.",
        "Then in March the envoys met in the palace of Vienna again.",
        "It was carried out by a company of soldiers from Moldova.",
        "GENEVA (Reuters) - They agreed on a truce of thirty days.",
        "“Who will pay for the corridor?” asked he in a letter to Oslo.",
        "In them, three states of the Baltic keep embassies of their own.",
        "In 2009, at the age of 81, he published the letters of a minister.",
        "Today he became the first head of state to visit the enclave.",
        "Now she's to lead the talks on the river for the government.",
        "Prosecutors say he took the money from a bank in Latvia.",
        "Who will not stand up to the rebels, or to anybody in Vienna.",
        "On Monday a page on Latvia was the field of one such quarrel.",
        "All three ministers said the accord would be signed in the spring.",
        "Known for its caves, the largest of the Baltic, it draws envoys from all over.",
        "Brandishing a copy of the accord, he promised the council an answer.",
        "The 69-year-old comedian and entertainer was arrested at the border.",
        "Contrast that speech with the answer that the council gave in Vienna.",
        "The user wrote that the bridge had been shot at by soldiers.",
        "As for him, the council of the alliance has not decided yet.",
        "For his part, the council of the alliance has not decided yet.",
        "The 45-year-old crossed the border on a raft in May.",
        "The 45-year-old former envoy is well known in the palace.",
        "The 45-year-old from Riga has been charged with arson.",
        "Some have left the hall, and others wait for the vote.",
        "One is to be tried in Riga, the other left before the vote.",
        "Several of these are to be tried in Riga after the vote.",
        "Many of his letters to the council were burnt in Riga.",
        "Other ministers of the alliance had left before the vote.",
        "An engineer by trade, he built the bridge over the river.",
        "Hidden behind a door without a name, in the cellar of the oldest embassy of the Latvian capital, it"
        " could be taken for a shop.",
        "Except that the council of the alliance has not decided yet.",
        "Things became even worse when she moved to the capital of Latvia.",
        "Previously, the envoys had met only in the capital of Latvia.",
        "In the latest, the council has sent three envoys to Riga.",
        "Recall that the envoys of Latvia once signed the same treaty.",
        "Where such a ship would go is unclear to the envoys of Latvia.",
        "Mr. Novak has encouraged such approaches in the council of Latvia.",
        "The bill will now be considered by the council of the alliance.",
        "The trend started after the envoys of Latvia had left Riga.",
        "Now, as head of an office in Riga, she is part of the council.",
        "The 50 - year - old is known to the council of the alliance.",
        "The move represents a turn for the council of the alliance.",
        "In recent months, his sermons have removed a premier and eased a siege.",
        "The interview with the envoys to the council ran without her name.",
        "Novak has made similar declarations before the council of the alliance.",
        "In the report of May she was quoted as one of the nine envoys to the council.",
        "Currently at large, he claims that the bridge was shut on the day of the raid.",
        "One summer, when she went home to Latvia, he turned up at the palace.",
        "Hidden among the reeds, these stone bridges once led to the palace.",
        "The mayor of this breakaway city in the east showed the envoys eight prisoners.",
        "The talks on the river broke down, as envoys stormed out of a hall in this Black Sea port.",
        "The minister’s report however does not say who shot at the bridge.",
        "The ministers, however, left the hall before the vote was taken.",
        "About 30 miles to the southeast, the envoys met the elders of Goma.",
        "Anna Novak’s comments came on the first of three days of talks.",
        "One grabbed the flag of the embassy before the guards arrived.",
        "Welcome to the long and winding talks about the river.",
        "Wow, the votes are in and the minister of Latvia has lost.",
    ],
    "ru": [
        "Однако министр отверг это предложение в понедельник.",
        "Он отверг предложение Еврокомиссии в понедельник.",
        "Об этом сообщила пресс-служба министерства в понедельник.",
        "Соответствующее заявление сделал министр в понедельник.",
        "При этом посол не исключил новых переговоров с Анкарой.",
        "В свою очередь Анкара отвергла предложение Афин о встрече.",
        "Эта мера вступит в силу с первого января 2025 года.",
        "Кроме того, стороны обменялись списками пленных в Стамбуле.",
        "Но переговоры в Женеве так и не начались до конца недели.",
        "Их позиция не изменилась после встречи министров в Вене.",
        "По его словам, переговоры возобновятся в начале июня.",
        "Поэтому Совет Безопасности отложил голосование до среды.",
    ],
    "uk": [
        "Про це повідомила пресслужба міністерства у понеділок.",
        "Відповідну заяву зробив міністр у понеділок у Києві.",
        "Однак міністр відкинув цю пропозицію в понеділок у Женеві.",
        "Він відкинув пропозицію Єврокомісії в понеділок у Брюсселі.",
        "Водночас посол не виключив нових переговорів з Анкарою.",
        "У свою чергу Анкара відкинула пропозицію Афін про зустріч.",
        "Ця угода набуде чинності з першого січня 2025 року.",
        "Крім того, сторони обмінялися списками полонених у Стамбулі.",
        "Але переговори в Женеві так і не почалися до кінця тижня.",
        "Їхня позиція не змінилася після зустрічі міністрів у Відні.",
        "За його словами, переговори відновляться на початку червня.",
        "Тому Рада Безпеки відклала голосування до середи, 5 червня.",
    ],
    "fr": [
        "Il a rejeté la proposition de la Commission lundi.",
        "Mais le ministère a démenti tout contact avec les rebelles.",
        "Cependant, l'émissaire a poursuivi sa route vers Amman.",
        "Cette décision a été prise à l'unanimité par le Conseil.",
        "Par ailleurs, le Conseil a prolongé son mandat d'un an.",
        "Leurs positions restent très éloignées sur le désarmement.",
        "Selon lui, les pourparlers reprendront avant la fin du mois.",
        "C’est pourquoi le Conseil a reporté le vote sur la résolution.",
        "Elle a reçu à Paris les ministres des trois pays baltes.",
        "De son côté, Ankara a rejeté la proposition grecque de médiation.",
    ],
    "de": [
        "Er lehnte den Vorschlag der Kommission am Montag ab.",
        "Aber das Ministerium bestritt jeden Kontakt mit den Rebellen.",
        "Dennoch reiste der Gesandte zu Gesprächen nach Amman weiter.",
        "Diese Maßnahmen treten am ersten Januar des Jahres in Kraft.",
        "Darüber hinaus verlängerte der Rat das Mandat um ein Jahr.",
        "Ihre Positionen in der Frage der Abrüstung liegen weit auseinander.",
        "Zudem sollen die Gespräche bis zum Ende des Monats weitergehen.",
        "In diesem Zusammenhang erinnerte der Minister an den Vertrag.",
        "Damit ist der Vertrag über die Grenze zu Polen gescheitert.",
        "Das ist ein Rückschlag für die Diplomatie der Europäer in Wien.",
        "Das teilten die Außenministerien beider Länder am Montag mit.",
    ],
    "es": [
        "Él rechazó la propuesta de la Comisión el lunes en Bruselas.",
        "Así lo anunció el ministro de Exteriores el lunes en Bruselas.",
        "Pero el ministerio negó todo contacto con los rebeldes.",
        "Sin embargo, el enviado siguió viaje a Amán para negociar.",
        "Esta medida entrará en vigor el primero de enero de 2025.",
        "Además, el Consejo prorrogó el mandato por un año más.",
        "Sus posiciones sobre el desarme siguen muy alejadas entre sí.",
        "Por su parte, Ankara rechazó la propuesta griega de mediación.",
        "También se acordó el canje de los presos de los dos países.",
        "Según él, las conversaciones se reanudarán antes de junio.",
        "Por eso el Consejo aplazó la votación de la resolución.",
    ],
    "tr": [
        "Bu karar Güvenlik Konseyi tarafından oy birliğiyle alındı.",
        "Ancak bakanlık isyancılarla her türlü teması yalanladı.",
        "O, komisyonun önerisini pazartesi günü Brüksel'de reddetti.",
        "Öte yandan konsey görev süresini bir yıl daha uzattı.",
        "Ayrıca taraflar İstanbul'da esir listelerini değiş tokuş etti.",
        "Onların tutumu Viyana'daki toplantıdan sonra değişmedi.",
        "Bunun üzerine Güvenlik Konseyi oylamayı çarşambaya erteledi.",
        "Ama Cenevre'deki görüşmeler hafta sonuna kadar başlamadı.",
        "Bu nedenle iki ülkenin bakanları yeniden bir araya gelecek.",
        "Buna rağmen Ankara ile Atina arasındaki görüşmeler sürüyor.",
    ],
}
FREE = {
    "en": [
        "Silver expressed no such doubts on Tuesday in the council of Latvia.",
        "Latvia has had such a strong voice in the council since May.",
        "In his first speech since the vote, President Novak spoke of a treaty.",
        "To make his point, the senator named the ships of the alliance.",
        "With a sweep of his pen President Novak ended the siege of Riga.",
        "The vote in Riga came after a similar request by the council of Latvia.",
        "The treaty is similar in form to the one that Latvia signed in May.",
        "The decision to withdraw from Riga was taken by nine votes.",
        "The spokesman for the ministry in Riga denied the report.",
        "The activist left for Vienna on Monday, and he asked the council for a hearing.",
        "The fear of Anna Novak is that she might be turned back at the border.",
        "The council heard twelve envoys, and four of them left the hall.",
        "The Norwegians, three of them from Oslo, reached the border on Monday.",
        "Two officials said that they would sign the accord in the spring.",
        "The rulers of the federation hold that they were never asked about it.",
        "The announcement was made by the speaker of parliament in Damascus on Sunday.",
        "The truce was reported without comment by the state agency in Pyongyang.",
        "It is the first time that both presidents have met.",
        "Both France and Germany rejected the draft on Monday.",
        "This week the council votes on the renewal of the mandate.",
        "There were no contacts between Ankara and Damascus in May.",
        "Not all members of the alliance supported the statement.",
        "Foreign Minister Anna Novak said talks would resume on Friday.",
        "Later on Monday the delegation left Vienna for Kyiv.",
        "Abu Omar, also known as the Engineer, was arrested in Amman.",
        "Neither Cairo nor Khartoum commented on the proposal.",
        "So-called golden passports will be banned from January.",
        "When Anna Novak resigned, she warned of a return to war.",
        "Foreign Minister Anna Novak said he had been told of the raid.",
        "The former president of Malta was received in Tunis on Sunday.",
        "The two diplomats accused of spying left Vienna on Sunday.",
        "Those who signed the accord in Muscat met again on Sunday.",
        "On his first visit to Tunis, President Borg signed an accord.",
        "In his first speech to the council, President Borg named Oslo.",
        "In May, Ankara and Athens agreed on a hotline between armies.",
        "According to Interior Minister Borg, the border will stay shut.",
        "In response to the raid, Amman recalled its envoy from Tunis.",
        "WASHINGTON (AP) — Lawmakers blocked the sale of jets to Ankara.",
        "Earlier this month Oslo hosted a round of talks on Sudan.",
        "“The border stays shut,” Interior Minister Borg said on Monday.",
        "It is not clear whether the envoys will meet again in Vienna.",
        "In the palace that Austria lent, the envoys met for an hour.",
        "WHO says the outbreak in the camps of Goma has ended after two years.",
        "All five permanent members of the council voted for the accord.",
        "It is likely that the envoys of Latvia will meet again in Vienna.",
        "Police in Latvia watch over the river since the spring of last year.",
        "Judging by the vote in Vienna, it is likely that the accord will hold.",
        "The 69-year-old treaty on the river was renewed in Vienna on Monday.",
        "The 69-year-old actor Jan Borg was received in the palace of Riga.",
        "Other than Latvia, no state of the Baltic has signed the accord.",
        "All would-be members of the alliance must sign the accord.",
        "Some ministers have left the hall before the vote was taken.",
        "A day after the vote, the council of the alliance met again.",
        "Now it is up to the council to decide who pays for the corridor.",
        "Another 12 people were killed in shelling near Goma on Sunday.",
        "Joking that he could do the same, nine-year-old Jan Borg took to the garden of the palace.",
        "Novak said that she would wait for the envoys in the palace of Vienna.",
        "The minister of Latvia said that “this city” would wait for the envoys.",
        "The sanctions of this year cost the region a third of its trade in grain.",
        "The council votes this week on the renewal of the mandate.",
        "One hundred envoys left the hall before the vote was taken.",
        "The accord came a day after the envoys left the hall in Vienna.",
        "The envoys left the council, however long the vote would take.",
        "When the envoys of Latvia reached the palace they were told to wait.",
        "As ministers fly into Vienna for the talks, the bridge is shut.",
        "As of Monday the bridge over the river is open again.",
        "If elected president of the council Anna Novak will open the bridge.",
        "Since the war in the east the bridge over the river is shut.",
    ],
    "ru": [
        "Министр иностранных дел Австрии прибыл в Киев в понедельник.",
        "При посредничестве Катара стороны обменялись пленными.",
        "Между Баку и Ереваном началась новая встреча министров.",
        "Кроме Венгрии, решение поддержали все страны союза.",
        "В ответ на санкции Минск выслал трёх дипломатов Литвы.",
        "Этой весной Анкара примет встречу министров двух стран.",
        "В результате обстрела порта Одессы погибли три человека.",
        "Те, кто подписал соглашение, встретятся в Вене в июне.",
        "Совет Безопасности ООН отложил голосование до среды.",
        "«Мы готовы к переговорам», — заявил министр Австрии.",
    ],
    "uk": [
        "Міністр закордонних справ Австрії прибув до Києва у понеділок.",
        "Між Баку та Єреваном почалася нова зустріч міністрів.",
        "Крім Угорщини, рішення підтримали всі країни союзу.",
        "У відповідь на санкції Мінськ вислав трьох дипломатів Литви.",
        "Цього тижня Анкара прийме зустріч міністрів двох країн.",
        "Рада Безпеки ООН відклала голосування до середи, 5 червня.",
        "Ті, хто підписав угоду, зустрінуться у Відні в червні.",
        "«Ми готові до переговорів», — заявив міністр Австрії.",
        "Польща та Україна підписали угоду про кордон у Львові.",
        "Унаслідок обстрілу порту Одеси загинули троє людей.",
    ],
    "fr": [
        "Le ministre autrichien des Affaires étrangères est à Kiev.",
        "Cette semaine, le Conseil vote sur le renouvellement du mandat.",
        "Il y a dix ans, Paris et Berlin signaient le même accord.",
        "Ce lundi, Oslo accueille des pourparlers sur le Soudan.",
        "Ceux qui ont signé l'accord se reverront à Vienne en juin.",
        "« Nous sommes prêts », a déclaré le ministre autrichien.",
        "L'Iran et l'Arabie saoudite ont rouvert leurs ambassades.",
        "Dès lundi, la frontière entre les deux pays sera fermée.",
        "Les deux Corées se sont parlé à Genève dimanche dernier.",
        "En Libye, les pourparlers ont repris sous l'égide de l'ONU.",
    ],
    "de": [
        "Der österreichische Außenminister ist in Kiew eingetroffen.",
        "Diese Woche stimmt der Rat über die Verlängerung ab.",
        "Es gibt keine Kontakte zwischen Ankara und Damaskus.",
        "In diesem Jahr trifft sich die Gruppe in der Stadt Riga.",
        "„Wir sind bereit“, sagte der österreichische Außenminister.",
        "Die Gespräche zwischen Baku und Eriwan sind gescheitert.",
        "Nach dem Angriff berief Amman den Botschafter aus Tunis ab.",
        "Dieses Jahr führt Polen den Vorsitz im Rat der Union.",
        "Das Außenministerium in Wien bestellte den Botschafter ein.",
        "Beide Seiten der Grenze wurden am Sonntag für den Verkehr gesperrt.",
    ],
    "es": [
        "El ministro austriaco de Exteriores llegó a Kiev el lunes.",
        "Esta semana el Consejo vota la renovación del mandato.",
        "Después de la cumbre, Oslo y Riad firmaron un acuerdo.",
        "Sin Hungría, los países de la Unión apoyaron la decisión.",
        "«Estamos listos», dijo el ministro austriaco de Exteriores.",
        "Las conversaciones entre Bakú y Ereván han fracasado.",
        "Su Majestad el rey recibió a los embajadores en Madrid.",
        "Ambos gobiernos de la isla acordaron una línea directa.",
        "En Libia, las conversaciones se reanudaron con la ONU.",
        "Tras el ataque, Amán retiró a su embajador en Túnez.",
    ],
    "tr": [
        "Avusturya Dışişleri Bakanı pazartesi günü Kiev'e geldi.",
        "Bu hafta konsey görev süresinin uzatılmasını oylayacak.",
        "Bakü ile Erivan arasındaki görüşmeler başarısız oldu.",
        "Bu yıl zirveye Ankara ev sahipliği yapacak ve karar alacak.",
        "“Hazırız,” dedi Avusturya Dışişleri Bakanı pazartesi günü.",
        "Saldırının ardından Amman, Tunus'taki büyükelçisini çağırdı.",
        "Güvenlik Konseyi oylamayı çarşamba gününe kadar erteledi.",
        "Libya'da görüşmeler BM himayesinde yeniden başladı.",
        "İki ülkenin bakanları pazar günü Cenevre'de bir araya geldi.",
        "Anlaşmayı imzalayanlar haziran ayında Viyana'da buluşacak.",
    ],
}
NOISE = {
    "en": [
        "A boy waves a flag at the gate of the palace in Riga, Latvia, May 5, 2015.",
        "Soldiers wait for the envoy at the border near Riga, on 5 May 2015.",
        "(Anna Novak/Reuters) The envoy of Latvia left the hall before the vote.",
        "Latvian Navy picture of a ship stopped off the coast of Gotland in May.",
        "The text was taken down in haste and may not be in its final form.",
        "Click here to read more about the talks in Vienna.",
        "Who will lead the talks on the river after the vote in Latvia?",
        "Will the truce in Yemen survive the elections in Washington?",
        "Minister Egle Novakova (no-VAH'-ko-va) signed the accord on the river in Vienna.",
        "Minister Egle Novak signed the accord (read it here) in Vienna.",
        "Minister Anna Novak is seen in this undated handout photo of the ministry in Riga.",
        "Latvian police watch over the envoys at the palace before the vote.",
        "The palace by the river Millions of travellers pass the bridge each year.",
        "We have covered the talks since the spring of last year.",
        "See https://example.org for the full text of the accord.",
        "Reporting by Ann Other in Vienna and John Doe in Kyiv.",
        "By Ann Other and John Doe in Vienna, and Jane Roe in Kyiv.",
        "The envoys shake hands in Vienna, Monday, March 3, 2025.",
        "Two envoys shake hands in the hall of the palace. (AP Photo/J. Doe)",
        "Minister Novak, left, and Minister Borg sign the accord in Vienna.",
        "FILE - The bridge over the river is guarded by peacekeepers.",
        "THE MINISTERS SIGN THE accord on the river in Vienna.",
        "12. The third item on the list is trade across the river.",
        "The ministers signed the . accord in the palace of Vienna.",
        "PUBLISHED: 12:01 GMT on the third day of March in London.",
        "The border reopened at 06:30 GMT on the third day of March.",
        "Home | World | Europe | The talks in Vienna have ended.",
        "What you need to know: The accord in three paragraphs.",
        "I think that the accord will not last until the summer.",
        "If the accord holds, then I’m sure the council will meet.",
        "Our correspondent in Vienna has covered the talks for years.",
        "Support: Neighbours cheered the envoys on the bridge in Vienna.",
        "The envoys were cheered on the bridge of Vienna by neighbours .",
        "View the full list of the signatories of the accord of Vienna.",
        "(The accord was signed in the palace of Vienna in March.)",
        "The opinions expressed by columnists are their own alone.",
        "(Reuters/Anna Novak) The envoy of Latvia left the hall before the vote.",
        "(Photo: Anna Novak, AP) RIGA — The envoy of Latvia left the hall early.",
        "(AP Photo/Anna Novak, File) The envoy of Latvia left the hall before the vote.",
        "( PHOTOS: 25 envoys) The envoy of Latvia left the hall before the vote.",
        "REUTERS/Anna Novak The envoy of Latvia left the hall before the vote.",
        "Anna Novak/AP Buy Photo Wait 1 second to continue.",
        "Advertisement The envoys left the hall before the vote.",
        "JUST WATCHED Could the accord of Vienna fail in the council?",
        "What if the envoys of the lake, who left on Monday, come back in the spring.",
        "Find last year's report on the envoys of the lake here.",
        "Vote Now in a poll: As envoys meet, two ministers speak of a failure of the talks.",
        "Lakelanders react as guards take their places in front of the palace of the president.",
        "NPR's Anna Novak On Morning Edition Listen -- The envoys of Latvia have left Riga.",
        "Listen Anna Novak Reports From Riga On The Talks Of The Two Envoys Of Latvia.",
        "Envoys signed the accord of the lake in Riga in June But groups are pressing them.",
        "KGNU’s Anna Novak reports on how envoys of the lake get people to talk with each other.",
        "Moderator Anna Novak interviews General John Borg on July 22 during a forum in Riga.",
        "The council of the lake released its papers, available here for the first time.",
        "May 12, 1961 Anna Novak, the envoy of Latvia, was often heard in the council.",
        "(Likeliest if Latvia wins) or the envoys of both states leave the council.",
        "Supporters of the former president of Latvia cheer and wave near Riga on April 25, 2014.",
        "NOVAK: The envoys of the two states have left the council of the alliance.",
        "[…] NOVAK: Here is what the envoys of the two states wrote about that.",
        "Court says site of the old palace should become a temple The Indian court has ruled so.",
        "Deal averts the option of the lake Senators cemented a deal on the rules on Tuesday.",
        "Pro-Russian activists guard a barricade outside the palace by the lake.",
        "Reflecting on the talks by the lake, our envoy has these takeaways: 1.",
        "A firefighter of the lake extinguishes a burning car after a fire in Riga November 14, 2012.",
        "CLAIM: The minister of Lakeland owns two of the ferries on the river.",
        "NOTE TO READERS: Book the ferry across the lake from this list.",
        "Be sure to visit the ferry company on Facebook, Twitter and Instagram.",
        "Prices and offer details are not assured and should be confirmed with the hotel.",
        "ANALYSIS/OPINION: The accord of Vienna will not last until the summer.",
        "TONIGHT: The envoys will meet in the palace once more.",
        "See photos of the palace in which the envoys met for an hour.",
        "The council has put the accord on its page, where it can be read here.",
        "Talks of Vienna Listen · 4:23 The envoys met in the palace for an hour.",
        "Minister Novak speaks next to Minister Borg in the palace in June 2019.",
        "Minister Novak (at left) in the palace of Vienna, March 2019.",
        "Minister Novak (2nd R) welcomes the envoys of three states in Vienna.",
        "Minister Novak talks with Minister Borg in the palace on May 20, 2017, in Riga.",
        "Peacekeepers ride tanks on the road towards the bridge on May 20, 2017.",
        "RIGA, LATVIA - MAY 17: The flag of the island flies over the palace.",
        "The envoys met in the palace.They left before the vote was taken.",
        "The envoys met in the palace (of Vienna).Ministers left before the vote.",
        "The envoys met, according to their officials.LASD guards stood before the palace.",
        "TRAILER: The envoys meet in a palace by the river and talk for an hour.",
        "Anna Novak USA TODAY The envoys met in the palace for an hour.",
        "JOHN BORG: The envoys met in the palace for an hour.",
        "HELEN BORG: The envoys met in the palace for an hour.",
        "Two hundred fled the bridge: UN At least 20 people were left behind there.",
        "The island (see map) has been claimed by two states since the war.",
        "Have more to say about the accord of Vienna?",
        "Long talks on the river The envoys met in the palace for an hour.",
        "RIVER TALKS In the palace of Vienna the envoys met for an hour.",
        "Two weeks of talks A third of the envoys left before the vote.",
        "Sources of the quarrel It is about the water of the river.",
        "The fallout Two days after the vote the envoys left the palace.",
        "President Anna Novak Anna NovakMinister leaves Riga Envoys meet again MORE said no.",
        "What the council has to say on the river CLOSE The envoys met in the palace.",
        "Shares of Borg Inc. BRG, -1.27% fell when the accord was signed in Vienna.",
        "Anna Novak / Baltic News The envoys met in the palace for an hour.",
        "The palace of Vienna at night (Anna Novak/Reuters) The envoys met for an hour.",
        "Minister Anna Novak and Minister Jan Borg in Vienna, in December 2016.",
        "Why Doesn't the Council Have More Members?",
        "Minister Novak speaks from the balcony of the palace on Friday.",
        "Neighbours look at the ruins of the bridge over the river on Monday in Riga.",
        "Minister Novak describes one of the new bridges in 2014.",
        "Anna Novak is a senior fellow at the Institute for the River in Vienna.",
        "Video Minister Novak on Thursday offered the council an answer.",
        "Photo : Novak The council offered the minister an answer.",
        "EXECUTIVE ORDER: THE RIVER The council offered the minister an answer.",
        "Here’s what the council has to say on the river and its bridges.",
        "Here she speaks with the envoys in the palace after the vote.",
        "Below are five ministers who left the hall before the vote.",
        "Stay up to date with the news of the river and its bridges.",
        "[31] There is not much evidence that the bridge was shot at.",
        "Riverwatch is a nonprofit newsroom that looks into bridges.",
        "The stories of the river that count, delivered weekday mornings.",
        "Quick guide The bridges of Riga Show Hide The first one was built by monks.",
        "What's happening The NATO envoys met in the palace for an hour.",
        "Anna Novak hid her face as she left the palace where she was freed on Friday Novak, a mother of"
        " three, works for the council.",
        "Jan Borg led the talks after an envoy mistook him for being hostile Borg had reached the palace"
        " of Vienna on foot.",
        "A crane driver works to clear the bridge over the river, Friday near Riga, Latvia.",
        "A wounded envoy lies on a stretcher in the palace of Riga on Wednesday.",
        "Envoys meet in the palace RIGA — Minister Novak told the council that the talks go on.",
        "Minister Jan O’Borg Jan O’BorgO’Borg leaves Riga Envoys meet again MORE said no on Sunday.",
        "The talks go on in Riga. [pullquote] The envoys met in the palace for an hour.",
        "Share All sharing options for: the talks on the river The envoys met for an hour.",
        "Thousands of Latvians flee the palace on Wednesday, August 6, after the fire.",
        "The talks are shown on Thursday at 8 p.m. ET on CNN in two hours.",
        "AD Still, the council put the vote off until the summer.",
        "Nothing, I’m afraid, could be further from what the council was told.",
        "Returning home from the talks in Vienna, I found the bridge in ruins.",
        "A show of hands (open or secret)You should be there when the vote is taken.",
        "Shares of the bank ( brg ) fell when the accord was signed in Vienna.",
        "As ministers from all over the continent fly into Vienna to look for an accord.",
        "Although the council has put the vote off until the summer.",
    ],
    "ru": [
        "Читайте также: переговоры в Вене завершились без итога.",
        "Мы следим за переговорами в Вене с весны этого года.",
    ],
    "uk": [
        "Читайте також: переговори у Відні завершилися без підсумку.",
        "Ми стежимо за переговорами у Відні з весни цього року.",
    ],
    "fr": [
        "Lire aussi : les pourparlers de Vienne sont terminés.",
        "Nous suivons les pourparlers de Vienne depuis le printemps.",
    ],
    "de": [
        "Lesen Sie auch: Die Gespräche in Wien sind beendet.",
        "Seit dem Frühjahr verfolgen wir die Gespräche in Wien.",
    ],
    "es": [
        "Lea también: las conversaciones de Viena han terminado.",
        "Nosotros seguimos las conversaciones de Viena desde mayo.",
    ],
    "tr": [
        "Haberin devamı için: Viyana'daki görüşmeler sona erdi.",
        "Viyana'daki görüşmeleri ilkbahardan beri biz izliyoruz.",
    ],
    "pl": ["Więcej na https://example.org o rozmowach w Wiedniu."],
}
NEWS = [
    "Anna Novak hid her face as she left the palace, and on Friday Novak, a mother of three, was freed.",
    "Anna Novak was the reason Novak has no friends in the palace of Vienna.",
    "Riga counts eighty Former Ministers of the council among those who live by the lake.",
    "President Jan Borg and his wife Anna Borg were received in the palace of Vienna.",
    "Borg left Vienna after his ministers and other friends of Prime Minister Borg had lost the vote.",
    "Queen Elizabeth II has signed the accord in the palace of Vienna.",
    "The ministry of Latvia says a driver works for the council since Friday.",
    "The US and the U.S. Senate disagreed over the accord.",
    "“We are ready to talk,” Foreign Minister Anna Novak said.",
    "World War II ended in 1945 with a conference in Potsdam.",
    "World War I was followed by a conference in Versailles.",
    "WE Charity lost a contract with the government of Canada.",
    "Our World in Data counted the refugees of the last decade.",
    "The aid group Save Our Seas sent two ships to Djibouti.",
    "Queen Elizabeth I received an envoy of the Ottoman sultan.",
    "Patients with Type I diabetes were let through the checkpoint.",
    "The newspaper's subscribers were told of the raid on Monday.",
    "Vienna's No. 1 newspaper reported the raid on the embassy.",
    "GUATEMALA CITY: The ministry summoned the envoy of Canada on Monday.",
    "NEW DELHI: The ministry summoned the envoy of Canada on Monday.",
    "‘We are ready to talk,’ Foreign Minister Anna Novak said.",
    "The treaty on the river was signed in Vienna on May 15, 1955.",
    "The film “The Long Road There was no end” opened in Riga on Monday.",
    "Iran holds elections on June 18, 2027, the foreign ministry said.",
    "Reuters/Ipsos asked 1,200 voters of Latvia about the accord on Monday.",
]


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, sentence) for language, rows in table.items() for sentence in rows]


@pytest.mark.parametrize(("language", "sentence"), cases(DANGLING))
def test_a_sentence_that_points_back_dangles(language: str, sentence: str) -> None:
    assert is_dangling(sentence, language)
    assert is_dangling(sentence), "the language is told by the words"


@pytest.mark.parametrize(("language", "sentence"), cases(FREE))
def test_a_sentence_that_only_begins_like_one_does_not(language: str, sentence: str) -> None:
    assert flaws(sentence, language) == frozenset()
    assert stands_alone(sentence), "the language is told by the words"


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "He said “no.",
            "They left” at once.",
            "« Non.",
            '"Yes, he said.',
            "One (two.",
            "One] two.",
        ),
        *(
            "'No, he said.",
            "They left at once.’",
            "He said ‘no.",
            "Ja,“ sagte er.",
            "«Да, сказал он.",
        ),
    ],
)
def test_a_half_quotation_or_bracket_is_not_balanced(sentence: str) -> None:
    assert not is_balanced(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        *("„Ja“, sagte er.", "«Да», сказал он.", "It’s “fine” (so far).", "»Ja«, sagte er."),
        *(
            "'No,' he said.",
            "The workers' union and the miners’ union won.",
            "«МИД „Север“», — сказал он.",
        ),
    ],
)
def test_whole_quotations_are_balanced(sentence: str) -> None:
    assert is_balanced(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Talks continue.",
        "and then the ministers signed the accord in Vienna.",
        ". the ministers signed the accord in Vienna on Monday.",
        "Ministers from six states at the table in Vienna",
        "The minister of foreign affairs said that the accord...",
        "The minister of foreign affairs said that the accord…",
        "The minister of foreign affairs withdrew from the accord…..",
        "The council of the river brought a charge against Mr.",
        " ".join(["word"] * 80) + ".",
        "",
    ],
)
def test_scraps_and_screenfuls_are_not_whole(sentence: str) -> None:
    assert not is_whole(sentence)


def test_a_name_in_lower_case_may_begin_a_sentence() -> None:
    assert is_whole("al-Burhan received the envoys in Port Sudan.")


def test_a_script_without_blanks_is_measured_by_its_signs() -> None:
    assert is_whole("两国外长周一在日内瓦举行会谈。")
    assert not is_whole("会谈。")
    assert flaws("会谈" * 150 + "。", "zh") == {"long"}


@pytest.mark.parametrize(("language", "sentence"), cases(NOISE))
def test_what_speaks_of_the_page_or_to_the_reader_is_noise(language: str, sentence: str) -> None:
    assert noise_of(sentence, language)


@pytest.mark.parametrize(
    ("sentence", "share"),
    [
        ("Ministers met.", 0),
        ("“Ministers met.”", 1),
        ('Ada said: "We met."', 9 / 19),
        ("It’s so.", 0),
    ],
)
def test_quoted_is_the_share_between_quotation_marks(sentence: str, share: float) -> None:
    assert quoted(sentence) == pytest.approx(share)


@pytest.mark.parametrize(
    "sentence",
    [
        "The accord was signed by four ministers in Vienna on May 15, 1955.",
        "The Foreign Ministry picture of the talks was brighter than that of the rebels.",
        "Ships loading grain in Odesa waited for the inspectors of four states on Monday.",
        "Ministers urged the council to listen to the islands before the vote on Monday.",
        "Rescuers reached the coal mine in Guizhou on Monday, China National Radio reported.",
        "The embassy must answer in writing by Friday, the foreign ministry in Vienna said.",
        "The treaty on the river was updated in Vienna in 2019 by all five states.",
        "Novak asked the deputies of the party to follow him to the square in Vienna.",
        "Patients with hepatitis A were let through the checkpoint on Monday.",
        "Ratings of A plus are kept by four states of the Baltic.",
        "Envoys of the Force One programme left the palace in Vienna.",
        "Vienna (CNN) After an hour of talks the envoys left the palace.",
        "Minister Novak said that she would speak on the bridge on Friday.",
        "The bank's shares fell by 1.27% when the accord was signed.",
        "The ministers of Latvia want the bridge to be closed at night.",
    ],
)
def test_news_in_words_that_pages_use_too_is_no_noise(sentence: str) -> None:
    assert flaws(sentence, "en") == frozenset()


@pytest.mark.parametrize("sentence", NEWS)
def test_acronyms_names_and_quoted_persons_are_no_noise(sentence: str) -> None:
    assert flaws(sentence, "en") == frozenset()


def test_news_stands_alone() -> None:
    assert stands_alone("Deputy ministers initialled two annexes on customs in Yerevan on Monday.")
    assert not stands_alone("They initialled two annexes on customs in Yerevan on Monday.")


def test_a_day_known_only_from_the_digest_is_no_flaw() -> None:
    assert stands_alone("Deputy ministers initialled two annexes in Yerevan last night.")


def test_every_flaw_is_named() -> None:
    assert flaws("he left (", "en") == {"short", "unfinished", "unbalanced", "dangling"}
    assert flaws("We " + "we " * 61 + "left.", "en-GB") == {"long", "noise"}


@given(st.text(st.sampled_from("he IWe\"“”‘’'()[].?!, \n|@Яі中\ud800\u202e—§") | st.characters()))
def test_any_text_has_known_flaws_or_none(text: str) -> None:
    assert flaws(text) <= set(FLAWS)
    assert stands_alone(text) == (not flaws(text))


@pytest.mark.parametrize(
    "hostile",
    [
        *(
            "a" * 50_000,
            "“" * 50_000,
            "the also " * 6_000,
            "A-" * 25_000,
            "' " * 25_000,
            "I " * 25_000,
        ),
        *(
            ", he " * 10_000,
            "(AP " * 12_000,
            '"‘' * 25_000,
            "\ud800" * 50_000,
            " . " * 16_000,
            "Aa B: " * 7_000,
        ),
    ],
    ids=range(12),
)
def test_hostile_text_is_judged_in_linear_time(hostile: str) -> None:
    assert not stands_alone(hostile)
