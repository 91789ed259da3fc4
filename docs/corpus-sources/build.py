#!/usr/bin/env python3
"""Makes the PDF and DOCX files of the invented corpus: build.py OUT_DIR (writes OUT_DIR/pdf and OUT_DIR/docx).

Needs pdflatex, chromium, libreoffice, and the Python packages reportlab, python-docx, weasyprint, typst.
The results are committed; this script is kept so that a file can be understood and made again.
"""
import copy, os, shutil, subprocess, sys, tempfile
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Cm, Pt

HERE = Path(__file__).resolve().parent
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def clean(doc):
    """python-docx's template carries its author; set fixed dates so that rebuilding changes nothing."""
    import datetime
    p = doc.core_properties
    p.author, p.title, p.comments, p.keywords = "Invented Person", "", "", ""
    p.created = p.modified = datetime.datetime(2026, 6, 1)
    return doc


def para(where, text="", bold=False, italic=False, size=None, align=None, style=None):
    p = where.add_paragraph(style=style)
    if text:
        for i, part in enumerate(text.split("**")):
            r = p.add_run(part)
            r.bold = bold or i % 2 == 1
            r.italic = italic
            if size:
                r.font.size = Pt(size)
    if align:
        p.alignment = align
    return p


def rows(doc, data, widths=None, style=None):
    t = doc.add_table(rows=0, cols=len(data[0]))
    if style:
        t.style = style
    for line in data:
        cells = t.add_row().cells
        for i, text in enumerate(line):
            parts = text.split("\n")
            cells[i].paragraphs[0].add_run(parts[0])
            for more in parts[1:]:
                cells[i].add_paragraph(more)
            if widths:
                cells[i].width = Cm(widths[i])
    return t


CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def brigid():  # everything in tables
    d = docx.Document()
    rows(d, [["Bríd Mac Cárthaigh, ACCA", "Management Accountant"], ["Apt 9, Invented Quay, Limerick", "+353 61 555 0142\nbrid.maccarthaigh@example.org"]])
    for title, data in [
        ("EMPLOYMENT HISTORY", [
            ["Dates", "Employer", "Position", "Duties"],
            ["Nov 2019 – Present", "Analog Devices, Limerick", "Management Accountant", "Standard costing, month-end, variance analysis, budgets of €38m; Oracle Fusion, Excel, Power BI"],
            ["Feb 2015 – Oct 2019", "Kerry Group, Tralee", "Financial Accountant", "Statutory accounts (FRS 102), VAT, audit liaison; SAP"],
            ["Sept 2011 – Jan 2015", "Cooney & Daughter Accountants (invented), Ennis", "Trainee Accountant", "Audits of small companies, payroll, Sage 50"]]),
        ("EDUCATION", [["2007 – 2011", "University of Limerick", "Bachelor of Business Studies (BBS), Accounting and Finance", "2.1"], ["2011 – 2014", "ACCA", "Professional examinations, all passed at first sitting", "Member since 2015"]]),
        ("IT SKILLS", [["Excel", "advanced, VBA", "9 years", ""], ["Oracle Fusion", "advanced", "5 years", ""], ["SAP", "intermediate", "4 years", ""], ["Power BI", "intermediate", "3 years", ""]]),
    ]:
        para(d, title, bold=True)
        rows(d, data, style="Table Grid")
    para(d, "Languages: Irish (native), English (native), Spanish (A2)")
    return d


def textbox(p, lines, left, top, width, height):
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{t}</w:t></w:r></w:p>' for t in lines)
    xml = f'''<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV><wp:extent cx="{width}" cy="{height}"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="{left % 997 + 1}" name="box"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{body}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="position:absolute"><v:textbox><w:txbxContent>{body}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'''
    p._p.append(parse_xml(xml))


def stefan():  # contact and skills in text boxes (each written twice: drawing and fallback)
    d = docx.Document()
    p = para(d, "Stefan Oduya", bold=True, size=22)
    textbox(p, ["Vienna, Austria", "stefan.oduya@example.org", "+43 1 5550142"], 5000000, 500000, 2200000, 1150000)
    para(d, "IT Project Manager (PMP, PRINCE2 Practitioner)", italic=True)
    p = para(d, "Projects between banks, cloud and people who do not like either.")
    textbox(p, ["SKILLS", "MS Project, Jira, Confluence", "Budget control, risk management", "Scrum, PRINCE2", "SQL (reading)", "LANGUAGES", "German, English, Igbo"], 5100000, 2600000, 2200000, 3000000)
    d.add_heading("Experience", 1)
    para(d, "**Erste Digital**, Vienna")
    para(d, "IT Project Manager, May 2020 – Present")
    para(d, "Core banking migration to AWS, budget €14m, 60 people, four vendors", style="List Bullet")
    para(d, "Steering committee, go-live in 2 weekends instead of 5", style="List Bullet")
    para(d, "**Raiffeisen Bank International**, Vienna")
    para(d, "Junior Project Manager, Jan 2017 – Apr 2020")
    para(d, "PSD2 interfaces; test management", style="List Bullet")
    para(d, "**Erste Digital** (then s IT Solutions), Vienna")
    para(d, "Business Analyst, Oct 2013 – Dec 2016")
    d.add_heading("Education", 1)
    para(d, "Vienna University of Economics and Business: MSc Information Systems, 2013")
    para(d, "University of Ibadan: B.Sc. Economics, 2010")
    d.add_heading("Certifications", 1)
    para(d, "PMP (PMI), 2018; PRINCE2 Practitioner, 2016; ITIL v3 Foundation, 2014")
    return d


def tess():  # contact only in the page header, page number in the footer
    d = docx.Document()
    h = d.sections[0].header
    h.paragraphs[0].text = "Tess Umberland\t\tParalegal"
    h.add_paragraph("tess.umberland@example.com | 404.555.0139 | Atlanta, GA 30303")
    d.sections[0].footer.paragraphs[0].text = "Tess Umberland – confidential – page 1"
    para(d, "SUMMARY OF QUALIFICATIONS", bold=True, align=CENTER)
    para(d, "Certified paralegal with 9 years in commercial real estate and e-discovery. Never practised law and does not want to.")
    para(d, "EMPLOYMENT", bold=True, align=CENTER)
    for head, date, lines in [
        ("Senior Paralegal, Peachtree & Pine LLP, Atlanta, GA", "March 2018 to present", ["Closings for 300 leases a year", "Relativity workspaces of up to 4 TB"]),
        ("Paralegal, Coca-Cola Company (contract), Atlanta, GA", "June 2016 to February 2018", ["Trademark renewals in 46 countries"]),
        ("Legal Secretary, Placeholder Law Group, Macon, GA", "2013 to 2016", [])]:
        p = para(d, f"**{head}**")
        p.add_run("\t" + date)
        for x in lines:
            para(d, x, style="List Bullet")
    para(d, "EDUCATION", bold=True, align=CENTER)
    para(d, "Georgia State University, B.A. Political Science, 2013\nEmory University, Paralegal Certificate, 2016")
    para(d, "CERTIFICATION", bold=True, align=CENTER)
    para(d, "NALA Certified Paralegal (CP), 2017")
    para(d, "SKILLS", bold=True, align=CENTER)
    para(d, "Relativity, Westlaw, LexisNexis, e-filing, lease abstraction, notary public, Microsoft Office")
    return d


def ravi():  # numbered and bulleted lists
    d = docx.Document()
    para(d, "CURRICULUM VITAE", bold=True, align=CENTER)
    para(d, "RAVI TEJA PASUPULETI", bold=True)
    para(d, "Mobile: +91 55501 42033 E-mail: ravi.pasupuleti@example.com")
    d.add_heading("Professional Summary", 2)
    for x in ["7+ years of experience in manual and automation testing (web, API, mobile)", "Hands on Selenium WebDriver with Java, TestNG, Rest Assured, Appium", "No experience in performance testing so far; JMeter training planned", "Worked in Agile/Scrum; coordinated with onsite team"]:
        para(d, x, style="List Number")
    d.add_heading("Work Experience", 2)
    for x in ["Senior QA Engineer, Cognizant, Bengaluru, Oct 2021 to till date", "QA Engineer, Mphasis, Bengaluru, Jan 2019 to Sep 2021", "Test Engineer, Fictiva Softech Pvt Ltd, Vijayawada, Jul 2018 to Dec 2018"]:
        para(d, x, style="List Bullet")
    d.add_heading("Projects", 2)
    rows(d, [["Project", "Claims portal (US insurer)"], ["Role", "Senior QA Engineer"], ["Tools", "Selenium, Java, TestNG, Jenkins, Jira, Postman"], ["Period", "Oct 2021 – Present"]], style="Table Grid")
    para(d)
    rows(d, [["Project", "Retail mobile app"], ["Role", "QA Engineer"], ["Tools", "Appium, Java, BrowserStack"], ["Period", "Jan 2019 – Sep 2021"]], style="Table Grid")
    d.add_heading("Educational Qualification", 2)
    para(d, "B.Tech (ECE) from Andhra Universty, Visakhapatnam in 2018 with 72.4%", style="List Bullet")
    para(d, "Intermediate (MPC), Board of Intermediate Education AP, 2014, 94.1%", style="List Bullet")
    para(d, "SSC, 2012, 9.3 GPA", style="List Bullet")
    d.add_heading("Certifications", 2)
    para(d, "ISTQB Certified Tester Foundation Level – 2020", style="List Bullet")
    para(d, "Declaration: I hereby declare that the above is true. Place: Bengaluru")
    return d


def sdt(doc, label, text):
    body = f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    xml = f'<w:sdt {W}><w:sdtPr><w:alias w:val="{label}"/><w:tag w:val="{label}"/></w:sdtPr><w:sdtContent>{body}</w:sdtContent></w:sdt>'
    doc.element.body.insert(len(doc.element.body) - 1, parse_xml(xml))


def amelie():  # every value in a content control, as Word's own résumé templates do
    d = docx.Document()
    sdt(d, "Name", "Amélie Sørensen-Roy")
    sdt(d, "Contact", "Moncton, New Brunswick, Canada · 506-555-0147 · amelie.sr@example.org")
    d.add_heading("Objective", 1)
    sdt(d, "Objective", "Primary school teacher (French immersion) looking for a vice-principal position.")
    d.add_heading("Experience", 1)
    for x in ["Grade 3 Teacher, French Immersion · École Fictive-des-Marais · Moncton · September 2015 – Present", "Literacy lead since 2020; 26 pupils; mentor of four student teachers", "Supply Teacher · Anglophone East School District · Moncton · 2013 – 2015", "Assistante de langue · Lycée Exemple · Rennes, France · 2012 – 2013"]:
        sdt(d, "Experience", x)
    d.add_heading("Education", 1)
    for x in ["Bachelor of Education, Université de Moncton, 2012", "B.A. in French and Linguistics, Mount Allison University, 2010", "Master of Education (Administration), University of New Brunswick, expected 2027"]:
        sdt(d, "Education", x)
    d.add_heading("Skills", 1)
    sdt(d, "Skills", "Literacy assessment, differentiated instruction, Google Classroom, choir direction")
    d.add_heading("Languages", 1)
    sdt(d, "Languages", "French and English (bilingual), Danish (understanding)")
    return d


def owen():  # an older file of the same person as owen-castellane-resume.pdf
    d = docx.Document()
    para(d, "Owen R. Castellane", bold=True, size=18, align=CENTER)
    para(d, "Seattle, WA • 206-555-0123 • Owen.Castellane@example.com", align=CENTER)
    d.add_heading("Work Experience", 1)
    p = para(d, "**Amazon Web Services** – Software Development Engineer")
    p.add_run("\tJuly 2022 – Present")
    para(d, "Moved 60 cron jobs to EventBridge using the TypeScript CDK", style="List Bullet")
    p = para(d, "**Oracle** – Software Engineering Intern")
    p.add_run("\tMay 2021 – August 2021")
    para(d, "Java 11, Helidon, load generator", style="List Bullet")
    p = para(d, "**Rice University** – Teaching Assistant, COMP 140")
    p.add_run("\tFall 2020")
    d.add_heading("Education", 1)
    para(d, "Rice University, Houston, TX – Bachelor of Science in Computer Science, May 2022 – GPA 3.74")
    d.add_heading("Skills", 1)
    para(d, "Java, Python, TypeScript, C, SQL, AWS, Docker, Flask, React, Git")
    return d


def henrike():  # skills matrix with years
    d = docx.Document()
    d.add_heading("Profil: Henrike Olfers", 0)
    para(d, "Freelance SAP Consultant (S/4HANA, FI/CO, MM) – Bremen – henrike.olfers@example.org – +49 421 5550142")
    para(d, "Verfügbar ab 01.02.2027, remote und vor Ort")
    d.add_heading("Skill matrix", 1)
    rows(d, [["Skill", "Level", "Years", "Last used"], ["SAP FI/CO", "Expert", "14", "2026"], ["SAP S/4HANA", "Expert", "7", "2026"], ["SAP MM", "Advanced", "9", "2023"], ["ABAP", "Reading", "10", "2026"], ["SQL", "Good", "12", "2025"], ["Excel / VBA", "Expert", "16", "2026"]], style="Light Grid Accent 1")
    d.add_heading("Projects / Projekte", 1)
    rows(d, [
        ["03/2022 – heute", "Airbus, Hamburg\nSenior SAP Consultant FI/CO (freelance)\nS/4HANA greenfield, three waves, asset accounting, data migration"],
        ["01/2018 – 02/2022", "Beiersdorf, Hamburg\nSAP Consultant (freelance)\nCO-PA, month-end closing, MM/FI integration"],
        ["07/2010 – 12/2017", "Accenture, Hamburg\nConsultant, later Manager\nSAP FI/CO roll-outs in Poland, Brazil and Spain"]], widths=[4, 12])
    d.add_heading("Ausbildung", 1)
    para(d, "Diplom-Kauffrau (Univ.), Universität Bremen, 2004 – 2010, Note 1,7")
    d.add_heading("Zertifikate", 1)
    para(d, "SAP Certified Application Associate – S/4HANA Financial Accounting, 2019")
    d.add_heading("Sprachen", 1)
    para(d, "Deutsch (Muttersprache), Englisch (C1), Polnisch (B1)")
    return d


def gloria():  # functional CV: skills first, history short and gappy
    d = docx.Document()
    para(d, "Gloria Pennyfeather", bold=True, size=16)
    para(d, "Hobart, Tasmania ~ 03 5550 1420 ~ gloria.pennyfeather@example.com")
    para(d, "Office Administrator and Bookkeeper, returning to work")
    para(d, "KEY SKILLS AND ACHIEVEMENTS", bold=True)
    for head, text in [("Administration", "Ran the front desk of a medical practice with 11 doctors. Rewrote the filing so that anyone could find anything."),
                       ("Bookkeeping", "MYOB and Xero for three small firms; BAS lodged on time 24 quarters in a row."),
                       ("Customer service", "Calmed people down, mostly. Complaints fell by half."),
                       ("Volunteering", "Treasurer of the Invented Bay Surf Club, 2016 to now.")]:
        para(d, f"**{head}:** {text}")
    para(d, "EMPLOYMENT IN BRIEF", bold=True)
    para(d, "Receptionist then Practice Administrator, Derwent Example Medical Practice, 2003–2012")
    para(d, "Bookkeeper (casual), various, 1999–2003")
    para(d, "Career break: family and caring, 2012–2025")
    para(d, "TRAINING", bold=True)
    para(d, "Certificate IV in Accounting and Bookkeeping, TasTAFE, 2025")
    para(d, "Year 12, Hobart College, 1998")
    para(d, "COMPUTERS", bold=True)
    para(d, "Xero, MYOB, Word, Excel, Outlook, Best Practice (medical software)")
    return d


def arjun():  # two-column layout table, sidebar first
    d = docx.Document()
    t = d.add_table(rows=1, cols=2)
    left, right = t.rows[0].cells
    left.width, right.width = Cm(5.5), Cm(11.5)
    left.paragraphs[0].add_run("ARJUN MEHROTRA").bold = True
    for x in ["Solutions Architect", "Noida, Uttar Pradesh", "+91 55501 42099", "arjun.mehrotra@example.com", "", "SKILLS", "Java, Spring Boot", "Microservices", "AWS, Azure", "Kafka", "Docker, Kubernetes", "Oracle, MongoDB", "Angular", "", "CERTIFICATIONS", "AWS Certified Solutions Architect – Professional (2023)", "TOGAF 9 Certified (2020)", "", "LANGUAGES", "Hindi, English"]:
        left.add_paragraph(x)
    right.paragraphs[0].add_run("PROFILE").bold = True
    right.add_paragraph("Architect with 14 years in insurance and telecom; leads by diagram.")
    right.add_paragraph().add_run("EXPERIENCE").bold = True
    for a, b, c in [("HCLTech, Noida", "Solutions Architect | Aug 2019 – Present", "Claims platform for a European insurer: Java 17, Kafka, AWS EKS; 9 squads"),
                    ("Oracle, Noida", "Principal Consultant | Mar 2015 – Jul 2019", "BRM and SOA Suite for two telecoms; PL/SQL tuning"),
                    ("Wipro & Tech Mahindra, Noida", "Software Engineer / Senior Software Engineer | Jul 2011 – Feb 2015", "J2EE billing, Oracle, Struts")]:
        right.add_paragraph().add_run(a).bold = True
        right.add_paragraph(b)
        right.add_paragraph(c, style="List Bullet")
    right.add_paragraph().add_run("EDUCATION").bold = True
    right.add_paragraph("B.Tech, Computer Science – Thapar Institute of Engineering & Technology, Patiala – 2007-2011")
    right.add_paragraph("Executive MBA – IIM Lucknow – 2017-19")
    return d


def paloma():  # Spanish, Mexico
    d = docx.Document()
    para(d, "ING. PALOMA ARRIETA CÓRDOVA", bold=True, size=15, align=RIGHT)
    para(d, "Ingeniera industrial", italic=True, align=RIGHT)
    para(d, "Querétaro, México | paloma.arrieta@example.com | +52 442 555 0142", align=RIGHT)
    d.add_heading("EXPERIENCIA LABORAL", 2)
    para(d, "**Bombardier Aerospace México**\tQuerétaro")
    para(d, "Ingeniera de Mejora Continua Sr.\tenero 2020 – presente")
    para(d, "SMED, kaizen, reducción de scrap de 4.2% a 1.9%; Minitab", style="List Bullet")
    para(d, "**Siemens**\tQuerétaro")
    para(d, "Ingeniera de Procesos\tago. 2015 – dic. 2019")
    para(d, "Balanceo de líneas, AMEF, AutoCAD", style="List Bullet")
    para(d, "**Autopartes Ficticias del Bajío**\tCelaya")
    para(d, "Becaria\t2014 – 2015")
    d.add_heading("EDUCACIÓN", 2)
    para(d, "Ingeniería Industrial y de Sistemas, Tecnológico de Monterrey, 2010 – 2015, promedio 92/100")
    para(d, "Maestría en Ingeniería de Calidad, Universidad Iberoamericana, 2018 – 2020")
    d.add_heading("CERTIFICACIONES", 2)
    para(d, "Lean Six Sigma Black Belt (ASQ), 2021")
    d.add_heading("HABILIDADES", 2)
    para(d, "Lean manufacturing, Six Sigma, Minitab, AutoCAD, SAP PP, AMEF, SQL básico")
    d.add_heading("IDIOMAS", 2)
    para(d, "Español nativo, inglés avanzado (TOEFL iBT 104), francés básico")
    return d


def lakshmi():  # tab stops, dates right, nested bullets
    d = docx.Document()
    para(d, "Lakshmi Venkataraman Iyer", bold=True, size=14)
    para(d, "Electronics / VLSI design engineer\tSan Jose, CA\t408-555-0168\tlakshmi.vi@example.com")
    para(d, "Education", bold=True)
    para(d, "Stanford University\tM.S. Electrical Engineering (VLSI)\tSep 2014 – Jun 2016\tGPA 3.9")
    para(d, "College of Engineering, Guindy\tB.E. Electronics and Communication\t2008 – 2012\tCGPA 9.2/10")
    para(d, "Work", bold=True)
    para(d, "NVIDIA, Santa Clara, CA\tSenior ASIC Design Engineer\tFeb 2020 – Present")
    para(d, "RTL for memory controllers (SystemVerilog), CDC and lint clean-up, timing closure at 5 nm", style="List Bullet")
    para(d, "Two tape-outs, both first-time right", style="List Bullet 2")
    para(d, "Intel, Folsom, CA\tComponent Design Engineer\tJul 2016 – Jan 2020")
    para(d, "UVM testbenches; Python and Perl flows", style="List Bullet")
    para(d, "Texas Instruments, Bangalore\tAssociate Engineer\tJul 2012 – Jul 2014")
    para(d, "Skills", bold=True)
    para(d, "Verilog, SystemVerilog, UVM, VHDL, Synopsys Design Compiler, PrimeTime, Cadence Virtuoso, Python, Perl, C, Tcl")
    para(d, "Patents", bold=True)
    para(d, "Low-skew clock gate (invented number US 55,501,42), 2022")
    return d


def ines():  # Europass look: labels in the left column
    d = docx.Document()
    d.styles["Normal"].font.name = "Liberation Sans"
    rows(d, [["Europass\nCurriculum Vitae", ""], ["Personal information", "Inês Carvalhal Pimenta"], ["Address", "Rua Inventada 12, 4000-001 Porto, Portugal"], ["Telephone", "+351 22 555 0142"], ["E-mail", "ines.carvalhal@example.org"], ["Desired employment", "Civil engineer, water and wastewater"]], widths=[5, 12])
    para(d)
    rows(d, [["Work experience", ""], ["Dates", "09/2017 →"], ["Occupation or position held", "Civil Engineer (hydraulics)"], ["Main activities", "Sewer networks for six municipalities; EPANET, SWMM, AutoCAD Civil 3D; site supervision"], ["Name of employer", "Águas Fictícias do Norte, Porto"],
             ["Dates", "02/2014 – 08/2017"], ["Occupation or position held", "Junior Civil Engineer"], ["Main activities", "Flood maps, QGIS"], ["Name of employer", "Mota-Engil, Luanda (Angola)"]], widths=[5, 12])
    para(d)
    rows(d, [["Education and training", ""], ["Dates", "2008 – 2013"], ["Title of qualification awarded", "Mestrado Integrado em Engenharia Civil (integrated master's), 15/20"], ["Organisation", "Faculdade de Engenharia da Universidade do Porto"],
             ["Dates", "2021 – "], ["Title of qualification awarded", "Doutoramento em Engenharia Civil (ongoing, thesis not submitted)"], ["Organisation", "Universidade do Porto"]], widths=[5, 12])
    para(d)
    rows(d, [["Mother tongue", "Portuguese"], ["Other languages", "English C1, French B2, Spanish A2"], ["Technical skills", "EPANET, SWMM, AutoCAD Civil 3D, QGIS, Python, MS Project"], ["Driving licence", "B"]], widths=[5, 12])
    return d


def folasade():  # NHS nurse, LibreOffice PDF
    d = docx.Document()
    d.styles["Normal"].font.name = "Liberation Serif"
    para(d, "Folasade Olumide", bold=True, size=20)
    para(d, "Senior Staff Nurse, Intensive Care | NMC PIN 55E0142N | Luton | folasade.olumide@example.org | 01582 555 0142")
    d.add_heading("Profile", 1)
    para(d, "ICU nurse with 9 years of adult critical care, three of them as nurse in charge. Looking for a Band 7 sister’s post.")
    d.add_heading("Employment", 1)
    rows(d, [["June 2020 – present", "Senior Staff Nurse (Band 6), Adult Intensive Care", "Bedfordshire Hospitals NHS Foundation Trust"],
             ["Nov 2017 – May 2020", "Staff Nurse (Band 5), Adult Intensive Care", "Barts Health NHS Trust, London"],
             ["Jan 2015 – Sep 2017", "Registered Nurse, Surgical ward", "Lagos Example Teaching Hospital, Nigeria"]], style="Table Grid")
    d.add_heading("Education", 1)
    rows(d, [["2021", "PGCert Critical Care Nursing", "University of Hertfordshire"], ["2010 – 2014", "BNSc Nursing Science", "University of Ibadan"]], style="Table Grid")
    d.add_heading("Skills", 1)
    para(d, "Ventilation, CVVHDF, tracheostomy care, mentoring, Nervecentre, ICIP")
    d.add_heading("Training", 1)
    para(d, "ILS 2025, ALS booked for 2026, OSCE passed at first attempt")
    return d


KONSTANTIN = """<html><head><meta charset="utf-8"></head><body><h1>Konstantin Dragomirov</h1><p>Executive Chef &ndash; Sofia, Bulgaria &ndash; +359 2 555 0142 &ndash; k.dragomirov@example.net</p>
<h2>Experience</h2><p><b>Executive Chef</b>, Hilton, Sofia, 2019 &ndash; Present</p><ul><li>34 cooks, three outlets, banquets up to 900</li><li>Food cost 29 %, HACCP audit 98/100</li></ul>
<p><b>Head Chef</b>, Black Sea Princess (cruise line, invented), at sea, 2014 &ndash; 2019</p><p><b>Chef de Partie</b>, Noma-inspired Restaurant Imaginær, Copenhagen, 2010 &ndash; 2013</p>
<h2>Education</h2><p>Professional High School of Tourism, Varna, 2007</p><p>Diploma in Culinary Arts, HRC Culinary Academy, Sofia, 2009</p>
<h2>Skills</h2><ul><li>Menu engineering</li><li>HACCP</li><li>Banqueting</li><li>Pastry (basic)</li><li>Cost control</li></ul><h2>Languages</h2><p>Bulgarian, English, Russian, Danish (basic)</p></body></html>"""

DOCX = {"brid-mac-carthaigh": brigid, "stefan-oduya-pm": stefan, "tess-umberland": tess, "RaviTeja_QA_7yrs": ravi, "amelie-sorensen-roy": amelie, "Owen Castellane CV": owen,
        "henrike-olfers-sap": henrike, "gloria-pennyfeather": gloria, "arjun-mehrotra": arjun, "paloma-arrieta": paloma, "lakshmi-venkataraman-vlsi": lakshmi}
LIBRE = {"europass-ines-carvalhal": ines, "folasade-olumide": folasade}


def gunnar(path):  # reportlab, dates in the margin, drawn line by line
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen import canvas
    c = canvas.Canvas(str(path), pagesize=A4, invariant=1)
    c.setFont("Times-Bold", 20); c.drawString(180, 790, "Gunnar Eklöf")
    c.setFont("Times-Roman", 11); c.drawString(180, 774, "Mechanical engineer · Västerås, Sweden"); c.drawString(180, 760, "gunnar.eklof@example.org · +46 21 555 01 42")
    y = 725
    def head(t):
        nonlocal y
        y -= 10; c.setFont("Helvetica-Bold", 12); c.drawString(180, y, t); c.line(180, y - 3, 550, y - 3); y -= 20
    def item(margin, lines):
        nonlocal y
        c.setFont("Helvetica-Oblique", 9); c.drawRightString(165, y, margin)
        for i, l in enumerate(lines):
            c.setFont("Times-Bold" if i == 0 else "Times-Roman", 11); c.drawString(180, y, l); y -= 14
        y -= 5
    head("Employment")
    item("Aug 2016 –", ["Senior Mechanical Engineer, ABB, Västerås", "Gearless drives: FEM in ANSYS, rotor dynamics, fatigue.", "Owner of the vibration acceptance test; 14 patents in the group, two mine."])
    item("Jan 2011 – Jul 2016", ["Design Engineer, Scania, Södertälje", "CATIA V5, tolerance chains, cast housings; eight months in São Bernardo, Brazil."])
    item("2009 – 2010", ["Production Technician, Påhittade Verken AB, Köping", "CNC programming, fixture design."])
    head("Education")
    item("2004 – 2009", ["KTH Royal Institute of Technology, Stockholm", "Civilingenjör (M.Sc. Eng.), Mechanical Engineering"])
    item("2003", ["Carlforsska gymnasiet, Västerås", "Naturvetenskapsprogrammet (upper secondary)"])
    head("Skills")
    item("CAD / FEM", ["CATIA V5, SolidWorks, ANSYS, Abaqus"]); item("Other", ["MATLAB, Python, GD&T, FMEA, CNC programming"])
    head("Languages")
    item("", ["Swedish (native), English (fluent), Portuguese (basic)"])
    c.showPage(); c.save()


def marcel(path):  # reportlab with hidden white keyword stuffing
    from reportlab.lib.pagesizes import letter
    from reportlab.pdfgen import canvas
    c = canvas.Canvas(str(path), pagesize=letter, invariant=1)
    y = 740
    def put(t, font="Helvetica", size=11, gap=15, x=72):
        nonlocal y
        c.setFont(font, size); c.drawString(x, y, t); y -= gap
    put("MARCEL QUENNELL", "Helvetica-Bold", 18, 22)
    put("Sous Chef | New Orleans, LA | 504-555-0144 | marcel.quennell@example.com", gap=26)
    put("EXPERIENCE", "Helvetica-Bold", 12)
    put("Sous Chef, Maison Inventee, New Orleans, LA                      Apr 2021 - Present", "Helvetica-Bold")
    put("- Runs the line for 180 covers; seafood and charcuterie", x=84); put("- Trained nine cooks; inventory and ordering", x=84)
    put("Line Cook, Commander's Palace, New Orleans, LA                   Jun 2016 - Mar 2021", "Helvetica-Bold")
    put("- Saute and grill stations", x=84)
    put("Dishwasher, The Made-Up Oyster House, Gretna, LA                 2014 - 2016", "Helvetica-Bold", gap=26)
    put("EDUCATION", "Helvetica-Bold", 12)
    put("Delgado Community College, Certificate in Culinary Arts, 2016"); put("Warren Easton High School, 2014", gap=26)
    put("SKILLS", "Helvetica-Bold", 12); put("Seafood butchery, charcuterie, sauces, ServSafe, inventory, POS (Toast)")
    c.setFillColorRGB(1, 1, 1)
    c.setFont("Helvetica", 1)
    for i in range(30):
        c.drawString(72, 60 + i, "Python Kubernetes AWS Terraform Machine Learning Senior Software Engineer Google Stanford MBA PMP " * 2)
    c.showPage(); c.save()


def lin(path):  # reportlab, Chinese in a non-embedded CID font
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    c = canvas.Canvas(str(path), pagesize=A4, invariant=1)
    y = 790
    for size, text in [(20, "林知远"), (11, "产品经理 | 深圳 | 邮箱 lin.zhiyuan@example.com | 电话 +86 755 5550 1420"), (14, "工作经历"), (11, "2020.07 – 至今    腾讯    高级产品经理"), (10, "- 负责企业协作产品的会议模块，月活 900 万"), (10, "- 需求分析、A/B测试、SQL、Axure"),
                       (11, "2016.07 – 2020.06    杜撰网络有限公司    产品经理"), (10, "- 跨境电商后台，与研发、法务合作"), (14, "教育背景"), (11, "2013.09 – 2016.06    华南理工大学    工业设计    硕士"), (11, "2009.09 – 2013.06    湖南大学    工业设计    学士"),
                       (14, "技能"), (11, "Axure, Figma, SQL, 数据分析, 用户研究, Python（入门）"), (14, "语言"), (11, "普通话（母语）、英语 CET-6、粤语")]:
        if size == 14:
            y -= 8
        c.setFont("STSong-Light", size); c.drawString(60, y, text); y -= size + 7
    c.showPage(); c.save()


def run(*cmd, cwd=None):
    subprocess.run(cmd, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main(out):
    pdf, dx = out / "pdf", out / "docx"
    pdf.mkdir(parents=True, exist_ok=True); dx.mkdir(exist_ok=True)
    for name, make in DOCX.items():
        clean(make()).save(dx / f"{name}.docx")
    gunnar(pdf / "gunnar-eklof.pdf"); marcel(pdf / "marcel-quennell.pdf"); lin(pdf / "lin-zhiyuan.pdf")
    with tempfile.TemporaryDirectory() as tmp:
        tmp = Path(tmp)
        for name, make in LIBRE.items():
            clean(make()).save(tmp / f"{name}.docx")
            run("libreoffice", "--headless", f"-env:UserInstallation=file://{tmp}/lo", "--convert-to", "pdf", "--outdir", str(pdf), str(tmp / f"{name}.docx"))
        (tmp / "konstantin-dragomirov.html").write_text(KONSTANTIN, encoding="utf-8")
        run("libreoffice", "--headless", f"-env:UserInstallation=file://{tmp}/lo", "--convert-to", "docx:Office Open XML Text", "--infilter=HTML (StarWriter)", "--outdir", str(dx), str(tmp / "konstantin-dragomirov.html"))
        for name in ["alistair-penhallow-cv", "owen-castellane-resume", "wren-tallis", "zsofia-karolyi"]:
            for _ in range(2):
                run("pdflatex", "-interaction=nonstopmode", f"-output-directory={tmp}", str(HERE / f"{name}.tex"))
            shutil.copy(tmp / f"{name}.pdf", pdf)
        chrome = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp}/chrome", "--no-pdf-header-footer"]
        for name, to in [("lina-farouk", "lina-farouk"), ("harriet-lonsdale", "Profile (Harriet Lonsdale)"), ("venkat-subbaiah", "venkat-subbaiah")]:
            run(*chrome, f"--print-to-pdf={pdf / (to + '.pdf')}", (HERE / f"{name}.html").as_uri())
        import weasyprint, typst
        for name in ["cosima-delacroix", "ignatius-mwangi"]:
            weasyprint.HTML(str(HERE / f"{name}.html")).write_pdf(pdf / f"{name}.pdf")
        for name in ["emil-bakker", "annegret-thalmann"]:
            typst.compile(str(HERE / f"{name}.typ"), output=str(pdf / f"{name}.pdf"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
